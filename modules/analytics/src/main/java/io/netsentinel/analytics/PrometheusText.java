package io.netsentinel.analytics;

import io.netsentinel.transport.Figures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Figures in Prometheus's text format 0.0.4: those of one name stand together, below what they
/// mean.
final class PrometheusText implements Figures {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, StringBuilder> families = new LinkedHashMap<>();
    private final Predicate<String> wanted;

    /// @param wanted the names that are written; the others are left out
    PrometheusText(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    @Override
    public void counter(String name, String help, Number value, String... labels) {
        sample("counter", name, help, value, labels);
    }

    @Override
    public void gauge(String name, String help, Number value, String... labels) {
        sample("gauge", name, help, value, labels);
    }

    @Override
    public void histogram(String name, String help, double[] bounds, long[] counts, double sum) {
        StringBuilder family = family("histogram", name, help);
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            String bound = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
            line(family, name + "_bucket", below, "le", bound);
        }
        line(family, name + "_sum", sum);
        line(family, name + "_count", below);
    }

    private void sample(String type, String name, String help, Number value, String... labels) {
        line(family(type, name, help), name, value, labels);
    }

    private StringBuilder family(String type, String name, String help) {
        return families.computeIfAbsent(
                name,
                _ ->
                        new StringBuilder()
                                .append("# HELP ")
                                .append(name)
                                .append(' ')
                                .append(escaped(help))
                                .append("\n# TYPE ")
                                .append(name)
                                .append(' ')
                                .append(type)
                                .append('\n'));
    }

    private static void line(StringBuilder family, String name, Number value, String... labels) {
        family.append(name);
        for (int i = 0; i + 1 < labels.length; i += 2) {
            family.append(i == 0 ? '{' : ',')
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped(labels[i + 1]).replace("\"", "\\\""))
                    .append('"');
        }
        family.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
    }

    /// Names of sensors and the like are foreign text.
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "");
    }

    String text() {
        StringBuilder text = new StringBuilder();
        families.forEach((name, family) -> text.append(wanted.test(name) ? family : ""));
        return text.toString();
    }
}
