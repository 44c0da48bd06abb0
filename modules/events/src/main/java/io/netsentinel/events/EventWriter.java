package io.netsentinel.events;

/// Writes sorted fields as one nested JSON object, opening and closing objects as the paths change.
final class EventWriter {
    private final JsonWriter out;
    private int open;
    private boolean comma;

    EventWriter(JsonWriter out) {
        this.out = out;
    }

    byte[] write(Field[] fields, Object[] values) {
        out.raw('{');
        if (fields.length > 0) {
            members(fields, values);
        }
        out.raw('}');
        return out.toBytes();
    }

    private void members(Field[] fields, Object[] values) {
        Field previous = fields[0];
        Field leaf = fields[0];
        for (int i = 0; i < fields.length; i++) {
            Field field = fields[i];
            int shared = previous.common(field);
            boolean below =
                    field.depth() > leaf.depth()
                            && (leaf.equals(previous) ? shared : field.common(leaf))
                                    == leaf.depth();
            if (!below) {
                leaf = field;
            }
            // an object cannot open under a key that already has a value: the key gets dots instead
            int level = below ? leaf.depth() - 1 : field.depth() - 1;
            close(Math.min(shared, level));
            open(field, level);
            separate();
            out.raw(field.dottedKey(level));
            out.value(values[i]);
            previous = field;
        }
        close(0);
    }

    private void open(Field field, int level) {
        while (open < level) {
            separate();
            out.raw(field.key(open));
            out.raw('{');
            open++;
            comma = false;
        }
    }

    private void separate() {
        if (comma) {
            out.raw(',');
        }
        comma = true;
    }

    private void close(int level) {
        while (open > level) {
            out.raw('}');
            open--;
            comma = true;
        }
    }
}
