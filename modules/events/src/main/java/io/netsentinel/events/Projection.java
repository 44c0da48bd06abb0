package io.netsentinel.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Some fields of an event: what is left of its JSON when everything else is taken away.
///
/// A path means what it means in a filter: `source.ip` is the member `ip` of the object `source`,
/// or the member `source.ip`. The path of an object means all of it. Lists are taken whole. Two
/// projections to the same fields are equal.
public final class Projection {
    /// Most paths.
    public static final int MAX_PATHS = 64;

    private static final int MAX_LENGTH = 256;
    private static final int MAX_DEPTH = 32;
    private static final Projection ALL = new Projection("", new Node(new byte[0]));

    private final String text;
    private final Node root;

    private Projection(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /// Leaves everything as it is.
    public static Projection all() {
        return ALL;
    }

    /// Keeps the fields of these paths.
    ///
    /// @param paths 1 to 64 dotted paths of up to 256 characters
    /// @throws IllegalArgumentException that says which one cannot be taken, and why
    public static Projection of(Collection<String> paths) {
        if (paths.isEmpty() || paths.size() > MAX_PATHS) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_PATHS + " paths can be given: " + paths.size());
        }
        Node root = new Node(new byte[0]);
        List<String> kept = new ArrayList<>();
        for (String path : new TreeSet<>(paths)) {
            if (root.add(segments(path))) {
                kept.add(path);
            }
        }
        return new Projection(String.join("\n", kept), root);
    }

    private static List<String> segments(String path) {
        if (path.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a path has at most " + MAX_LENGTH + " characters: " + path.length());
        }
        List<String> segments = List.of(path.split("\\.", -1));
        if (segments.contains("")
                || segments.size() > MAX_DEPTH
                || path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "not a path like source.ip: \"" + path.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        return segments;
    }

    /// Whether everything is left as it is.
    public boolean whole() {
        return text.isEmpty();
    }

    /// The paths in order, one on each line, without those that others include; empty for all.
    public String text() {
        return text;
    }

    /// What is left of an event. Members keep their order, their names and their exact text; an
    /// object of which nothing is left goes too.
    ///
    /// @param json one object in UTF-8; returned itself when everything stays
    /// @throws MalformedEventException when it is none
    public byte[] apply(byte[] json) {
        if (whole()) {
            return json;
        }
        try {
            return new Cut(json).make(root);
        } catch (IndexOutOfBoundsException _) {
            throw new MalformedEventException("the JSON is not complete");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Projection that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /// A segment of one or more paths.
    private static final class Node {
        private final byte[] name;
        private final List<Node> children = new ArrayList<>();
        private boolean end;

        Node(byte[] name) {
            this.name = name;
        }

        /// @return false when a shorter path includes it
        boolean add(List<String> segments) {
            Node node = this;
            for (String segment : segments) {
                if (node.end) {
                    return false;
                }
                node = node.child(segment.getBytes(StandardCharsets.UTF_8));
            }
            node.end = true;
            return true;
        }

        private Node child(byte[] segment) {
            for (Node child : children) {
                if (Arrays.equals(child.name, segment)) {
                    return child;
                }
            }
            Node fresh = new Node(segment);
            children.add(fresh);
            return fresh;
        }

        /// What a key leads to, which may have dots itself; this node when it leads nowhere.
        Node follow(byte[] key, int from, int to) {
            for (Node child : children) {
                int after = from + child.name.length;
                if (after <= to
                        && (after == to || key[after] == '.')
                        && Arrays.equals(child.name, 0, child.name.length, key, from, after)) {
                    if (after == to || child.end) {
                        return child;
                    }
                    Node found = child.follow(key, after + 1, to);
                    return found == child ? this : found;
                }
            }
            return this;
        }
    }

    /// One event being cut.
    private static final class Cut {
        private final byte[] in;
        private final JsonScanner scan;
        private final byte[] out;
        private int size;

        Cut(byte[] json) {
            this.in = json;
            this.scan = new JsonScanner(json);
            this.out = new byte[json.length];
        }

        byte[] make(Node root) {
            object(root);
            if (scan.peek() != 0) {
                throw scan.malformed();
            }
            return Arrays.copyOf(out, size);
        }

        /// @return whether a member was kept
        private boolean object(Node node) {
            boolean kept = false;
            boolean more = scan.open('{', '}');
            out[size++] = '{';
            while (more) {
                int before = size;
                if (kept) {
                    out[size++] = ',';
                }
                if (member(node)) {
                    kept = true;
                } else {
                    size = before;
                }
                more = scan.more('}');
            }
            out[size++] = '}';
            return kept;
        }

        private boolean member(Node node) {
            scan.peek();
            int start = scan.at();
            boolean escaped = scan.string();
            int end = scan.at();
            scan.expect(':');
            Node next = escaped ? unescaped(node, start, end) : node.follow(in, start + 1, end - 1);
            if (next != node && next.end) {
                scan.value();
                copy(start, scan.at());
                return true;
            }
            if (next != node && scan.peek() == '{') {
                copy(start, end);
                out[size++] = ':';
                return object(next);
            }
            scan.value();
            return false;
        }

        private Node unescaped(Node node, int start, int end) {
            byte[] key = scan.unescaped(start + 1, end - 1);
            return node.follow(key, 0, key.length);
        }

        private void copy(int from, int to) {
            System.arraycopy(in, from, out, size, to - from);
            size += to - from;
        }
    }
}
