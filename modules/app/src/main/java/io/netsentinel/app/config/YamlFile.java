package io.netsentinel.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads a YAML file into dotted keys that remember their line. Every value is taken as the text
/// that was written: what it means is for the key's type to say.
final class YamlFile {
    private static final int DEPTH = 8;

    private final String label;
    private final Predicate<String> isSection;
    private final List<Problem> problems;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private YamlFile(String label, Predicate<String> isSection, List<Problem> problems) {
        this.label = label;
        this.isSection = isSection;
        this.problems = problems;
    }

    /// @param isSection whether a dotted name has keys below it: such a one may be left empty
    /// @param problems what is wrong is added here
    static List<Entry> read(Path file, Predicate<String> isSection, List<Problem> problems) {
        YamlFile reader = new YamlFile(file.toString(), isSection, problems);
        reader.read(file);
        return reader.entries;
    }

    private void read(Path file) {
        try {
            LoadSettings settings =
                    LoadSettings.builder()
                            .setLabel(label)
                            .setUseMarks(true)
                            .setMaxAliasesForCollections(0)
                            .build();
            StreamReader text = new StreamReader(settings, Files.readString(file));
            Optional<Node> root =
                    new Composer(settings, new ParserImpl(settings, text)).getSingleNode();
            root.filter(node -> !isNothing(node)).ifPresent(this::root);
        } catch (MarkedYamlEngineException e) {
            String origin = label + ":" + e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
            problems.add(new Problem(origin, "", "not valid YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            problems.add(new Problem(label, "", "not valid YAML: " + e.getMessage()));
        } catch (NoSuchFileException e) {
            problems.add(new Problem(label, "", "no such file"));
        } catch (IOException e) {
            problems.add(new Problem(label, "", "cannot be read: " + e.getMessage()));
        }
    }

    private void root(Node node) {
        if (node instanceof MappingNode mapping) {
            mapping(mapping, "", 1);
        } else {
            problems.add(
                    new Problem(origin(node), "", "expected keys with values, such as port: 8082"));
        }
    }

    private void mapping(MappingNode mapping, String prefix, int depth) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                member(key, prefix + key.getValue(), tuple.getValueNode(), depth);
            } else {
                problems.add(new Problem(origin(tuple.getKeyNode()), "", "expected a key"));
            }
        }
    }

    private void member(ScalarNode key, String name, Node value, int depth) {
        Integer first = lines.putIfAbsent(name, line(key));
        if (first != null) {
            problems.add(new Problem(origin(key), name, "is already set in line " + first));
        } else if (value instanceof MappingNode nested && depth < DEPTH) {
            mapping(nested, name + ".", depth + 1);
        } else if (value instanceof SequenceNode sequence) {
            items(sequence, name, origin(key));
        } else if (value instanceof ScalarNode scalar) {
            scalar(scalar, name, origin(key));
        } else {
            problems.add(new Problem(origin(key), name, "is nested too deeply"));
        }
    }

    private void scalar(ScalarNode scalar, String name, String origin) {
        if (isNothing(scalar) && isSection.test(name)) {
            return;
        }
        entries.add(
                new Entry(origin, name, name, List.of(isNothing(scalar) ? "" : scalar.getValue())));
    }

    private void items(SequenceNode sequence, String name, String origin) {
        List<String> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (!(item instanceof ScalarNode scalar)) {
                problems.add(new Problem(origin(item), name, "expected a list of plain values"));
                return;
            }
            items.add(scalar.getValue());
        }
        entries.add(new Entry(origin, name, name, items));
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private String origin(Node node) {
        return label + ":" + line(node);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
