package io.netsentinel.integrations;

import java.util.Arrays;

/// Cuts a JSON array, or JSON objects one after the other, into its elements, however they are
/// spread over lines, without reading what is inside them.
final class ElementSplitter {
    /// Takes the elements.
    interface Elements {
        /// An element of the array, or an object.
        ///
        /// @param number its number, from 1
        void element(byte[] bytes, int offset, int length, long number);

        /// An element that is longer than the limit.
        void overlong(byte[] sample, long length, long number);

        /// From here on nothing can be told apart any more.
        void broken(byte[] sample, String reason, long number);
    }

    private enum State {
        BEFORE,
        INSIDE,
        AFTER,
        BROKEN
    }

    private static final int SAMPLE = 4_096;

    private final boolean array;
    private final int limit;
    private final Elements elements;

    private State state = State.BEFORE;
    private JsonShape shape = new JsonShape();
    private byte[] element = new byte[4_096];
    private int size;
    private long dropped;
    private long number = 1;

    /// @param array whether an array is expected; otherwise objects, one after the other
    ElementSplitter(boolean array, int limit, Elements elements) {
        this.array = array;
        this.limit = limit;
        this.elements = elements;
        if (!array) {
            state = State.INSIDE;
        }
    }

    void feed(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length && state != State.BROKEN; i++) {
            switch (state) {
                case BEFORE -> before(bytes[i]);
                case INSIDE -> inside(bytes[i]);
                case AFTER -> after(bytes[i]);
                case BROKEN -> {}
            }
        }
    }

    /// The end of the body.
    void finish() {
        if (state == State.BROKEN || state == State.AFTER) {
            return;
        }
        if (array || size > 0) {
            broken(array ? "the array is not complete" : "the object is not complete");
        }
    }

    private void before(byte b) {
        if (b == '[') {
            state = State.INSIDE;
        }
    }

    private void after(byte b) {
        if (!JsonShape.white(b)) {
            broken("text after the array");
        }
    }

    private void inside(byte b) {
        if (shape.depth() > 0 || shape.inString()) {
            within(b);
        } else if (array && (b == ',' || b == ']')) {
            separator(b);
        } else if (!JsonShape.white(b) && !(b == ',' && size == 0)) {
            begin(b);
        }
    }

    private void begin(byte b) {
        if (!array && b != '{') {
            broken("not a JSON object");
            return;
        }
        within(b);
        if (shape.depth() < 0) {
            broken("a bracket is closed that was not opened");
        }
    }

    private void within(byte b) {
        if (size < limit) {
            append(b);
        } else {
            dropped++;
        }
        boolean closed = shape.next(b);
        if (closed && !array) {
            emit();
        }
    }

    private void separator(byte b) {
        if (size > 0) {
            emit();
        }
        if (b == ']') {
            state = State.AFTER;
        }
    }

    private void append(byte b) {
        if (size == element.length) {
            element = Arrays.copyOf(element, size * 2);
        }
        element[size++] = b;
    }

    private void emit() {
        if (dropped > 0) {
            elements.overlong(sample(), size + dropped, number);
        } else {
            elements.element(element, 0, size, number);
        }
        number++;
        size = 0;
        dropped = 0;
        shape = new JsonShape();
    }

    private void broken(String reason) {
        state = State.BROKEN;
        elements.broken(sample(), reason + "; nothing after it was read", number);
    }

    private byte[] sample() {
        return Arrays.copyOf(element, Math.min(size, SAMPLE));
    }
}
