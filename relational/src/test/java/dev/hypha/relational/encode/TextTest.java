package dev.hypha.relational.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TextTest {
    private static final Text TEXT = new Text(64);

    @Test
    void vectorsHaveLengthOne() {
        assertThat(dot("the quick brown fox", "the quick brown fox")).isCloseTo(1, within(1e-6));
    }

    @Test
    void emptyTextAndTextWithoutLettersAreZero() {
        assertThat(TEXT.encode("")).containsOnly(0);
        assertThat(TEXT.encode(" ... !? \n")).containsOnly(0);
    }

    @Test
    void caseAndPunctuationDoNotMatter() {
        assertThat(TEXT.encode("Late, delivery!")).isEqualTo(TEXT.encode("late delivery"));
    }

    @Test
    void orderOfWordsMattersALittleAndSharedWordsMakeTextsAlike() {
        assertThat(TEXT.encode("good bad")).isNotEqualTo(TEXT.encode("bad good"));
        double shared = dot("terrible late delivery of shoes", "late delivery and terrible service");
        double apart = dot("terrible late delivery of shoes", "excellent quality my friends");
        assertThat(shared).isGreaterThan(apart + 0.2);
    }

    @Test
    void aRepeatedWordWeighsMoreButNotInProportion() {
        double once = dot("apple pear", "apple");
        double often = dot("apple apple apple apple apple apple pear", "apple");
        assertThat(often).isGreaterThan(once).isLessThan(1);
    }

    @Test
    void aOneWordTextIsItsWordAndItsPieces() {
        // "abc" is one word and one piece, so two buckets of equal weight (or one of both, or none where they cancel).
        double squares = 0;
        int buckets = 0;
        for (float v : TEXT.encode("abc")) {
            squares += v * v;
            buckets += v != 0 ? 1 : 0;
        }
        assertThat(squares).isCloseTo(1, within(1e-6));
        assertThat(buckets).isEqualTo(2);
    }

    @Test
    void hugeTextIsReadInOnePass() {
        String huge = "word another ".repeat(200_000);
        assertThat(dot(huge, huge)).isCloseTo(1, within(1e-6));
    }

    @Test
    void anyUnicodeIsText() {
        assertThat(TEXT.encode("Ünïcode 東京 \ud83d\ude80 \ud83d")).hasSize(64).isNotEqualTo(new float[64]);
    }

    @Test
    void theWidthIsAPowerOfTwo() {
        assertThatThrownBy(() -> new Text(48)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Text(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double dot(String a, String b) {
        float[] x = TEXT.encode(a);
        float[] y = TEXT.encode(b);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum;
    }
}
