package io.netsentinel.integrations;

/// Looks at the outside of JSON only: brackets and strings.
final class JsonShape {
    private int depth;
    private boolean inString;
    private boolean escaped;

    /// Whether the bytes, but for white space around them, have the shape of one complete object.
    static boolean completeObject(byte[] bytes, int offset, int length) {
        int start = offset;
        int end = offset + length;
        while (start < end && white(bytes[start])) {
            start++;
        }
        while (end > start && white(bytes[end - 1])) {
            end--;
        }
        if (end - start < 2 || bytes[start] != '{' || bytes[end - 1] != '}') {
            return false;
        }
        JsonShape shape = new JsonShape();
        for (int i = start; i < end; i++) {
            if (shape.next(bytes[i]) && i < end - 1) {
                return false;
            }
        }
        return shape.depth == 0;
    }

    static boolean white(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /// Takes the next byte.
    ///
    /// @return whether it closed the outermost bracket
    boolean next(byte b) {
        if (inString) {
            string(b);
            return false;
        }
        switch (b) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                return depth <= 0;
            }
            default -> {}
        }
        return false;
    }

    private void string(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '\\') {
            escaped = true;
        } else if (b == '"') {
            inString = false;
        }
    }

    /// How many brackets are open.
    int depth() {
        return depth;
    }

    /// Whether the end of what was fed is inside a string.
    boolean inString() {
        return inString;
    }
}
