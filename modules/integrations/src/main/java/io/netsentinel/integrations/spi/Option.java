package io.netsentinel.integrations.spi;

import java.util.List;

/// Something that can be said of one kind of sources or sinks. The configuration, its reference and
/// the interface for administrators are made from these.
///
/// @param name the last part of the key, in kebab-case: `rotate-size`
/// @param type what its value is
/// @param secret never shown, and may be given as a file
/// @param example a value as it would be written
/// @param help what it does: whole sentences, which name the fallback
public record Option(String name, Type type, boolean secret, String example, String help) {
    /// What a value is, and as what [Options] hands it out.
    public sealed interface Type {
        /// A text: [Options#text(String)].
        record Text() implements Type {}

        /// A list of texts: [Options#texts(String)].
        record Texts() implements Type {}

        /// `true` or `false`: [Options#flag(String, boolean)].
        record Flag() implements Type {}

        /// A whole number: [Options#number(String, long)].
        ///
        /// @param words what is counted, for messages: `a number of connections`
        record Count(String words, int least, int most) implements Type {}

        /// A number of bytes such as `64KiB`: [Options#number(String, long)].
        record Size() implements Type {}

        /// A time such as `30s`: [Options#time(String, java.time.Duration)].
        record Time() implements Type {}

        /// A path: [Options#path(String)].
        record File() implements Type {}

        /// A path, or a pattern for paths in its last part: [Options#text(String)].
        record Files() implements Type {}

        /// One of these words: [Options#text(String)].
        record Choice(List<String> words) implements Type {
            public Choice {
                words = List.copyOf(words);
            }
        }
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is not as it is described above
    public Option {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of an option: words in lower case, joined by -");
        }
        if (example.isBlank() || !help.endsWith(".")) {
            throw new IllegalArgumentException(name + " needs an example and a help text");
        }
    }

    /// A text.
    public static Option text(String name, String example, String help) {
        return new Option(name, new Type.Text(), false, example, help);
    }

    /// A text nobody may see.
    public static Option secret(String name, String example, String help) {
        return new Option(name, new Type.Text(), true, example, help);
    }

    /// A list of texts.
    public static Option texts(String name, String example, String help) {
        return new Option(name, new Type.Texts(), false, example, help);
    }

    /// Something that is on or off.
    public static Option flag(String name, String example, String help) {
        return new Option(name, new Type.Flag(), false, example, help);
    }

    /// A whole number.
    public static Option count(String name, Type.Count type, String example, String help) {
        return new Option(name, type, false, example, help);
    }

    /// A number of bytes.
    public static Option size(String name, String example, String help) {
        return new Option(name, new Type.Size(), false, example, help);
    }

    /// A time.
    public static Option time(String name, String example, String help) {
        return new Option(name, new Type.Time(), false, example, help);
    }

    /// A path.
    public static Option file(String name, String example, String help) {
        return new Option(name, new Type.File(), false, example, help);
    }

    /// A path, or a pattern for paths.
    public static Option files(String name, String example, String help) {
        return new Option(name, new Type.Files(), false, example, help);
    }

    /// One of some words, of which the first is the example.
    public static Option choice(String name, List<String> words, String help) {
        return new Option(name, new Type.Choice(words), false, words.getFirst(), help);
    }
}
