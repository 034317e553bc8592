package dev.hypha.app.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads and writes amounts of memory: `4g`, `800m`, `1.5GB`, `65536`; powers of 1024.
final class MemorySize implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kmgt]?)i?b?");
    private static final String UNITS = "kmgt";

    @Override
    public Long convert(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is no amount of memory; write 4g, 800m or bytes");
        }
        int power = form.group(2).isEmpty() ? 0 : UNITS.indexOf(form.group(2)) + 1;
        long bytes = (long) (Double.parseDouble(form.group(1)) * Math.pow(1024, power));
        if (bytes <= 0) {
            throw new TypeConversionException("'" + text + "' is no amount of memory above zero");
        }
        return bytes;
    }

    /// For people, with three digits: `1.46 GB`.
    static String format(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = Math.min(UNITS.length(), (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        double value = bytes / Math.pow(1024, power);
        String digits = String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
        return digits + " " + Character.toUpperCase(UNITS.charAt(power - 1)) + "B";
    }
}
