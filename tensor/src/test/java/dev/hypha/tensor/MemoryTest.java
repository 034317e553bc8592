package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void countsWhatIsLiveAndThePeakPerPurpose() {
        try (Memory memory = new Memory(1000)) {
            Memory.Block features = memory.allocate(Purpose.FEATURES, 400);
            Memory.Block graph = memory.reserve(Purpose.GRAPH, 300);
            assertThat(memory.live()).isEqualTo(700);
            features.close();
            features.close();
            assertThat(memory.live()).isEqualTo(300);
            assertThat(memory.live(Purpose.FEATURES)).isZero();
            memory.allocate(Purpose.PARAMETERS, 100);
            assertThat(memory.peak()).isEqualTo(700);
            assertThat(memory.peak(Purpose.FEATURES)).isEqualTo(400);
            assertThat(memory.peak(Purpose.PARAMETERS)).isEqualTo(100);
            graph.close();
            assertThat(memory.live()).isEqualTo(100);
        }
    }

    @Test
    void refusesToPassTheLimitAndAllocatesNothing() {
        try (Memory memory = new Memory(1000)) {
            memory.allocate(Purpose.FEATURES, 600);
            assertThatThrownBy(() -> Matrix.of(memory, Purpose.PARAMETERS, 101, 1))
                    .asInstanceOf(InstanceOfAssertFactories.type(MemoryLimitException.class))
                    .returns(Purpose.PARAMETERS, MemoryLimitException::purpose)
                    .returns(404L, MemoryLimitException::wantedBytes)
                    .returns(600L, MemoryLimitException::liveBytes)
                    .returns(1000L, MemoryLimitException::limitBytes);
            assertThat(memory.live()).isEqualTo(600);
            assertThat(memory.peak()).isEqualTo(600);
            Matrix.of(memory, Purpose.PARAMETERS, 100, 1);
            assertThat(memory.live()).isEqualTo(1000);
        }
    }

    @Test
    void memoryIsZeroAlignedAndGoneWhenClosed() {
        Memory memory = Memory.unlimited();
        Matrix matrix = Matrix.of(memory, Purpose.FEATURES, 3, 5);
        assertThat(matrix.toArray()).containsOnly(0);
        assertThat(matrix.segment().address() % 64).isZero();
        memory.close();
        assertThat(memory.live()).isZero();
        assertThatThrownBy(() -> matrix.get(0, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> memory.allocate(Purpose.FEATURES, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void matricesHaveBounds() {
        try (Memory memory = Memory.unlimited()) {
            Matrix matrix = Matrix.of(memory, Purpose.FEATURES, 2, 3, 1, 2, 3, 4, 5, 6);
            assertThat(matrix.get(1, 2)).isEqualTo(6);
            assertThat(matrix.slice(1, 2).toArray()).containsExactly(4, 5, 6);
            assertThatThrownBy(() -> matrix.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> matrix.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> matrix.slice(1, 3)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Matrix.of(memory, Purpose.FEATURES, 2, 2, 1, 2, 3))
                    .isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Matrix.of(memory, Purpose.FEATURES, -1, 2)).isInstanceOf(ShapeException.class);
        }
    }
}
