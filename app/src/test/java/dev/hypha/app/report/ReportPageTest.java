package dev.hypha.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

class ReportPageTest {
    private static final String HOSTILE =
            "</title></style></pre><script>alert('x')</script><img src=x onerror=\"y\">&amp;";

    static Stream<ObjectNode> runs() {
        return Stream.of(SampleRun.binary(), SampleRun.regression(), SampleRun.multiclass(), SampleRun.scored());
    }

    /// The page read as XML, which it is but for the elements without an end.
    private static Document parsed(String page) throws Exception {
        String closed = page.replace("<!DOCTYPE html>", "").replaceAll("(<(?:meta|br|hr)\\b[^>]*)>", "$1/>");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(closed)));
    }

    private static List<String> elements(Node node) {
        List<String> names = new ArrayList<>();
        names.add(node.getNodeName());
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            names.addAll(elements(child));
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void isWellFormedAndLoadsNothing(ObjectNode run) throws Exception {
        String page = ReportPage.of(run);
        assertThat(elements(parsed(page))).doesNotContain("script", "img", "link", "iframe", "object", "image", "use");
        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("http:", "https:", "url(http", "@import", "src=");
        assertThat(page).doesNotContain("NaN", "Infinity", "null");
    }

    @ParameterizedTest
    @MethodSource("runs")
    void nothingInARunCanBecomeMarkup(ObjectNode run) throws Exception {
        List<String> harmless = elements(parsed(ReportPage.of(run)));
        ObjectNode hostile = (ObjectNode) poisoned(run);
        String page = ReportPage.of(hostile);
        assertThat(page).doesNotContain("<script", "<img", "</title></style>");
        List<String> found = elements(parsed(page));
        assertThat(found).doesNotContain("script", "img");
        assertThat(found).hasSizeLessThanOrEqualTo(harmless.size());
    }

    /// The tree with every text and every name of a free-named object replaced by a hostile one.
    private static JsonNode poisoned(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(HOSTILE);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            array.forEach(value -> out.add(poisoned(value)));
            return out;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                out.set(field.getKey(), poisoned(field.getValue()));
            }
            return out;
        }
        return node;
    }

    @Test
    void hostileNamesOfMethodsAndMetricsAreText() {
        ObjectNode run = SampleRun.binary();
        ((ObjectNode) run.at("/baselines"))
                .set(HOSTILE, run.at("/baselines/graph").deepCopy());
        ((ObjectNode) run.at("/metrics/test"))
                .set(HOSTILE, run.at("/metrics/test/auroc").deepCopy());
        ((ObjectNode) run.at("/options")).put(HOSTILE, HOSTILE);
        assertThat(ReportPage.of(run)).doesNotContain("<script", "<img").contains("&lt;script&gt;");
    }

    /// Every part of the tree, one after the other, is taken away.
    @ParameterizedTest
    @MethodSource("runs")
    void anyPartMayBeMissing(ObjectNode run) {
        for (String field : run.propertyStream().map(Map.Entry::getKey).toList()) {
            ObjectNode less = run.deepCopy();
            less.remove(field);
            assertThatCode(() -> parsed(ReportPage.of(less)))
                    .as("without " + field)
                    .doesNotThrowAnyException();
            less.set(field, JsonNodeFactory.instance.nullNode());
            assertThatCode(() -> parsed(ReportPage.of(less)))
                    .as("null " + field)
                    .doesNotThrowAnyException();
        }
        for (String field :
                run.path("report").propertyStream().map(Map.Entry::getKey).toList()) {
            ObjectNode less = run.deepCopy();
            ((ObjectNode) less.get("report")).remove(field);
            assertThatCode(() -> parsed(ReportPage.of(less)))
                    .as("without " + field)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theHeadlineSaysTheMeasurementAndTheBestRival() {
        String page = ReportPage.of(SampleRun.binary());
        assertThat(page)
                .contains("0.853 ± 0.004", "AUROC on 1,195 test rows", "in 85.3 % of cases")
                .contains(
                        "compared with is graph model, one of its halves, at 0.848 ± 0.004: the model is 0.005 better",
                        "The best of the others is each one's own past answers at 0.771");
        String number = ReportPage.of(SampleRun.regression());
        assertThat(number).contains("off by 3.780 on average", "Further left is better");
    }

    /// A half that does better than the mixture is a rival like any other.
    @Test
    void theHeadlineNamesAHalfThatIsBetter() {
        ObjectNode run = SampleRun.binary();
        ((ObjectNode) run.at("/baselines/trees-windows/auroc")).put("mean", 0.857);
        assertThat(ReportPage.of(run))
                .contains("trees on past windows, one of its halves, at 0.857 ± 0.004: the model is 0.004 worse");
        run.put("model", "trees");
        assertThat(ReportPage.of(run)).contains("compared with is graph model at 0.848");
    }

    /// With several seeds seven measures are wider than the page; their table breaks lines rather than leaving it.
    @Test
    void theTableOfAllMeasuresMayBreakItsCells() {
        assertThat(ReportPage.of(SampleRun.binary()))
                .contains("<table class=\"breaking\"><thead><tr><th>test rows</th>", "<td>0.853 ±\u00a00.004</td>");
        assertThat(ReportPage.style()).contains(".breaking th, .breaking td { white-space: normal; }");
    }

    @Test
    void longNamesOfTablesAreSetSmallAndLongerOnesCut() {
        ObjectNode run = SampleRun.binary();
        ((ObjectNode) run.at("/report/schema/tables/0")).put("name", "constructor_standings");
        ((ObjectNode) run.at("/report/schema/tables/1")).put("name", "constructor_standings_of_old");
        assertThat(ReportPage.of(run))
                .contains("class=\"name small\"", ">constructor_standings</text>", ">constructor_standing…</text>");
    }

    @Test
    void saysWhatIsDrawnOfSeveralClasses() {
        assertThat(ReportPage.of(SampleRun.multiclass())).contains("for the class “web”");
    }

    @Test
    void sentencesAreShownAndNotesAreDetails() {
        assertThat(ReportPage.of(SampleRun.binary()))
                .contains("<p>Protocol frozen: no row", "<li>test: 1 time, 2024-07-02</li>");
    }

    @Test
    void marksARunWithLeaks() {
        ObjectNode run = SampleRun.binary();
        assertThat(ReportPage.of(run)).doesNotContain("not to be trusted");
        ((ObjectNode) run.at("/report/audit/0")).put("severity", "leak");
        assertThat(ReportPage.of(run)).contains("not to be trusted");
    }

    @Test
    void quotesTheCommandForAShell() {
        assertThat(ReportPage.of(SampleRun.binary()))
                .contains("./hypha predict hypha-demo/shop.duckdb 'PREDICT it'\\''s'")
                .contains("./hypha predict hypha-demo/shop.duckdb --model hypha-demo/run");
    }

    @Test
    void theStyleNeedsNoEscaping() {
        assertThat(ReportPage.style()).doesNotContain("<", ">", "&");
    }
}
