import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.MMapDirectory;

/**
 * Indexes articles with Lucene, as fast as Lucene goes: what `./run bench indexing` compares
 * lede-index with. Porter stems, positions, stored text; stop words are left out, as
 * EnglishAnalyzer does.
 *
 * <pre>LuceneIndex FOLDER ARTICLES THREADS [for-highlights]</pre>
 *
 * With `for-highlights` the postings of the body also hold where each word stands in the text, and
 * all is merged in the end: what LuceneSearch.java is fastest with.
 *
 * ARTICLES holds no JSON, so that no parser of ours is measured: for each article its title and
 * its body, each as a length of four bytes (the highest first) and so many bytes of UTF-8.
 */
public final class LuceneIndex {
  private static final double BUFFER_MB = 256;

  /** Hands out articles to several threads. */
  private static final class Articles {
    private final MappedByteBuffer rest;

    Articles(Path path) throws IOException {
      try (FileChannel channel = FileChannel.open(path)) {
        rest = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      }
    }

    /** The bytes of a title and a body; null when there are no more. */
    synchronized byte[][] next() {
      return rest.hasRemaining() ? new byte[][] {text(), text()} : null;
    }

    private byte[] text() {
      byte[] text = new byte[rest.getInt()];
      rest.get(text);
      return text;
    }
  }

  private static FieldType withOffsets() {
    FieldType type = new FieldType(TextField.TYPE_STORED);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    return type;
  }

  private static Void add(Articles articles, IndexWriter writer, FieldType ofBody)
      throws IOException {
    Field title = new TextField("title", "", Field.Store.YES);
    Field body = new Field("body", "", ofBody);
    Document document = new Document();  // one for all: that is how Lucene is fastest
    document.add(title);
    document.add(body);
    for (byte[][] article = articles.next(); article != null; article = articles.next()) {
      title.setStringValue(new String(article[0], StandardCharsets.UTF_8));
      body.setStringValue(new String(article[1], StandardCharsets.UTF_8));
      writer.addDocument(document);
    }
    return null;
  }

  public static void main(String[] arguments) throws Exception {
    boolean forHighlights = arguments.length == 4 && arguments[3].equals("for-highlights");
    if (arguments.length != 3 && !forHighlights) {
      System.err.println("usage: LuceneIndex FOLDER ARTICLES THREADS [for-highlights]");
      System.exit(2);
    }
    FieldType ofBody = forHighlights ? withOffsets() : TextField.TYPE_STORED;
    Articles articles = new Articles(Path.of(arguments[1]));
    int threads = Integer.parseInt(arguments[2]);
    IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer());
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    config.setRAMBufferSizeMB(BUFFER_MB);
    config.setUseCompoundFile(false);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try (MMapDirectory folder = new MMapDirectory(Path.of(arguments[0]));
        IndexWriter writer = new IndexWriter(folder, config)) {
      List<Future<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < threads; ++thread) {
        Callable<Void> task = () -> add(articles, writer, ofBody);
        work.add(workers.submit(task));
      }
      for (Future<Void> each : work) each.get();  // throws what a worker threw
      if (forHighlights) writer.forceMerge(1);
    } finally {
      workers.shutdown();
    }
  }
}
