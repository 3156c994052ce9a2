import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.MMapDirectory;

/**
 * Answers questions with Lucene: what `./run bench searching` compares lede-query with. Ten hits
 * each, by BM25 with title words three times, their titles and a passage of their bodies.
 *
 * <pre>LuceneSearch FOLDER QUESTIONS PASSES ANSWERS</pre>
 *
 * FOLDER is of LuceneIndex with `for-highlights`; QUESTIONS holds one on each line, in the syntax
 * of Lucene's QueryParser. All are asked PASSES times more after a first pass, which is not counted,
 * so that Java has compiled what it runs. The answers go to the file ANSWERS. Prints JSON: `seconds`
 * of the passes counted, `cpu_seconds` of the thread that answered, and `found`, how many of the
 * questions had hits.
 */
public final class LuceneSearch {
  private static final int HITS = 10;
  private static final float TITLE_WEIGHT = 3;

  private final Analyzer analyzer = new EnglishAnalyzer();
  private final IndexSearcher searcher;
  private final UnifiedHighlighter highlighter;
  private final PrintStream answers;

  private LuceneSearch(DirectoryReader index, PrintStream answers) {
    this.answers = answers;
    searcher = new IndexSearcher(index);
    searcher.setSimilarity(new BM25Similarity());
    highlighter = new UnifiedHighlighter(searcher, analyzer);
  }

  private Query parsed(String question) throws ParseException {
    QueryParser parser =
        new MultiFieldQueryParser(
            new String[] {"title", "body"}, analyzer, Map.of("title", TITLE_WEIGHT, "body", 1f));
    parser.setDefaultOperator(QueryParser.Operator.AND);
    return parser.parse(question);
  }

  /** Answers a question. Returns whether anything was found. */
  private boolean answer(String question) throws IOException, ParseException {
    Query query = parsed(question);
    TopDocs hits = searcher.search(query, HITS);
    String[] passages = highlighter.highlight("body", query, hits);
    for (int rank = 0; rank < hits.scoreDocs.length; ++rank) {
      answers.println(searcher.doc(hits.scoreDocs[rank].doc).get("title"));
      answers.println(passages[rank]);
    }
    return hits.scoreDocs.length > 0;
  }

  private int answerAll(List<String> questions) throws IOException, ParseException {
    int found = 0;
    for (String question : questions) {
      if (answer(question)) ++found;
    }
    return found;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 4) {
      System.err.println("usage: LuceneSearch FOLDER QUESTIONS PASSES ANSWERS");
      System.exit(2);
    }
    List<String> questions = Files.readAllLines(Path.of(arguments[1]));
    int passes = Integer.parseInt(arguments[2]);
    try (DirectoryReader index = DirectoryReader.open(new MMapDirectory(Path.of(arguments[0])));
        PrintStream answers = buffered(arguments[3])) {
      LuceneSearch search = new LuceneSearch(index, answers);
      int found = search.answerAll(questions);
      ThreadMXBean clock = ManagementFactory.getThreadMXBean();
      long started = System.nanoTime();
      long startedOnCpu = clock.getCurrentThreadCpuTime();
      for (int pass = 0; pass < passes; ++pass) search.answerAll(questions);
      answers.flush();
      double seconds = (System.nanoTime() - started) / 1e9;
      double cpuSeconds = (clock.getCurrentThreadCpuTime() - startedOnCpu) / 1e9;
      System.out.printf(
          "{\"seconds\": %s, \"cpu_seconds\": %s, \"found\": %d}%n", seconds, cpuSeconds, found);
    }
  }

  private static PrintStream buffered(String path) throws IOException {
    return new PrintStream(
        new BufferedOutputStream(Files.newOutputStream(Path.of(path)), 1 << 16),
        false,
        StandardCharsets.UTF_8);
  }
}
