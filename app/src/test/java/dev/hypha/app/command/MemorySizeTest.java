package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MemorySizeTest {
    @ParameterizedTest
    @CsvSource({
        "65536, 65536, 64.0 KB",
        "1, 1, 1 B",
        "4g, 4294967296, 4.00 GB",
        "800m, 838860800, 800 MB",
        "1.5GB, 1610612736, 1.50 GB",
        "2 GiB, 2147483648, 2.00 GB",
        "3t, 3298534883328, 3.00 TB",
        "1023k, 1047552, 1023 KB"
    })
    void readsAndWrites(String text, long bytes, String written) {
        assertThat(new MemorySize().convert(text)).isEqualTo(bytes);
        assertThat(MemorySize.format(bytes)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lots", "4x", "-1g", "0", "0.0m", "g", "1e9"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> new MemorySize().convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
