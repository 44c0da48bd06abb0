package io.netsentinel.integrations;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads a posted body as what it looks like: lines; a JSON array; or JSON objects written over
/// several lines. Holds no more of it than one line or element.
final class BodyReader {
    /// Takes what is found.
    interface Items {
        /// A line or an element.
        ///
        /// @param number of the line or the element, from 1
        void item(byte[] bytes, int offset, int length, long number);

        /// Something that is refused without being looked at.
        void refused(byte[] sample, String reason, long number);
    }

    private static final int PIECE = 64 * 1024;

    private enum Form {
        UNDECIDED,
        LINES,
        ARRAY,
        OBJECTS
    }

    private final int limit;
    private final boolean json;
    private final Items items;
    private long lineNumber;

    /// @param limit most bytes of a line or element
    /// @param json whether arrays and objects over several lines are looked for
    BodyReader(int limit, boolean json, Items items) {
        this.limit = limit;
        this.json = json;
        this.items = items;
    }

    void read(InputStream body) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(PIECE);
        byte[] piece = new byte[PIECE];
        Form form = json ? Form.UNDECIDED : Form.LINES;
        int count = 0;
        while (form == Form.UNDECIDED && (count = body.read(piece)) >= 0) {
            head.write(piece, 0, count);
            form = form(head.toByteArray());
        }
        if (form == Form.LINES || form == Form.UNDECIDED) {
            lines(head.toByteArray(), body, piece);
        } else {
            elements(form == Form.ARRAY, head.toByteArray(), body, piece);
        }
    }

    /// An object over several lines shows by a first line that is not complete and is not followed
    /// by the beginning of another object. A spoilt first line of many is followed by one.
    private Form form(byte[] head) {
        int start = 0;
        while (start < head.length && JsonShape.white(head[start])) {
            start++;
        }
        if (start == head.length) {
            return head.length > limit ? Form.LINES : Form.UNDECIDED;
        }
        if (head[start] != '{') {
            return head[start] == '[' ? Form.ARRAY : Form.LINES;
        }
        JsonShape shape = new JsonShape();
        int end = start;
        while (end < head.length && head[end] != '\n') {
            if (shape.next(head[end++])) {
                return Form.LINES;
            }
        }
        int next = end;
        while (next < head.length && JsonShape.white(head[next])) {
            next++;
        }
        if (next == head.length) {
            return head.length > limit ? Form.LINES : Form.UNDECIDED;
        }
        return head[next] == '{' || shape.inString() ? Form.LINES : Form.OBJECTS;
    }

    private void lines(byte[] head, InputStream body, byte[] piece) throws IOException {
        LineSplitter splitter = new LineSplitter(limit, new Lines());
        splitter.feed(head, 0, head.length);
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            splitter.feed(piece, 0, count);
        }
        splitter.finish();
    }

    private void elements(boolean array, byte[] head, InputStream body, byte[] piece)
            throws IOException {
        ElementSplitter splitter = new ElementSplitter(array, limit, new Elements());
        splitter.feed(head, 0, head.length);
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            splitter.feed(piece, 0, count);
        }
        splitter.finish();
    }

    private String tooLong(long length) {
        return "longer than " + limit + " bytes: " + length + " bytes";
    }

    private final class Lines implements LineSplitter.Lines {
        @Override
        public boolean line(byte[] bytes, int offset, int length, long end) {
            items.item(bytes, offset, length, ++lineNumber);
            return true;
        }

        @Override
        public boolean overlong(byte[] sample, long length, long end) {
            items.refused(sample, tooLong(length), ++lineNumber);
            return true;
        }

        @Override
        public void nuls(long count) {
            // what stands behind them is taken as if they were not there
        }
    }

    private final class Elements implements ElementSplitter.Elements {
        @Override
        public void element(byte[] bytes, int offset, int length, long number) {
            items.item(bytes, offset, length, number);
        }

        @Override
        public void overlong(byte[] sample, long length, long number) {
            items.refused(sample, tooLong(length), number);
        }

        @Override
        public void broken(byte[] sample, String reason, long number) {
            items.refused(sample, reason, number);
        }
    }
}
