package dev.hypha.relational.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.windows.FeatureMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeedScalingTest {
    private static final float NAN = Float.NaN;

    private static final FeatureMatrix FEATURES = new FeatureMatrix(
            List.of("spread", "constant", "category", "holes"),
            new boolean[] {false, false, true, false},
            5,
            new float[] {1, 7, 0, NAN, 2, 7, 1, 5, 3, 7, 2, 6, 4, 7, 0, 7, 1e9f, 7, 1, NAN});

    @Test
    void keepsNumbersThatVaryAndSaysWhatIsMissing() {
        SeedScaling scaling = SeedScaling.fit(FEATURES, new int[] {0, 1, 2, 3, 4});
        assertThat(scaling.names()).containsExactly("spread", "holes");
        float[] out = scaling.apply(FEATURES);
        assertThat(scaling.width()).isEqualTo(3);
        assertThat(out[2 * 3]).as("the median").isZero();
        assertThat(out[1]).as("missing").isZero();
        assertThat(out[2]).as("its indicator").isEqualTo(1);
        assertThat(out[1 * 3 + 2]).isZero();
        for (float x : out) {
            assertThat(x).isFinite().isBetween(-30f, 30f);
        }
        assertThat(out[0]).as("below the median").isNegative();
    }

    @Test
    void findsItsColumnsByName() {
        SeedScaling scaling = SeedScaling.fit(FEATURES, new int[] {0, 1, 2, 3, 4});
        float[] turned = scaling.apply(FEATURES.columns(new int[] {3, 0}));
        assertThat(turned).isEqualTo(scaling.apply(FEATURES));
    }
}
