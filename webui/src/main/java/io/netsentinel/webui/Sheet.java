package io.netsentinel.webui;

import java.time.Instant;
import java.util.List;

/// A table of a page.
///
/// @param id of its element
/// @param title its heading
/// @param sub a short sentence beside it
/// @param columns what stands above
/// @param lines what stands below
/// @param none heading of the empty table
/// @param hint what to do about that
/// @param cut whether there are, or can be, more lines than these
record Sheet(
        String id,
        String title,
        String sub,
        List<Column> columns,
        List<Line> lines,
        String none,
        String hint,
        boolean cut) {
    /// One with all its lines.
    Sheet(
            String id,
            String title,
            String sub,
            List<Column> columns,
            List<Line> lines,
            String none,
            String hint) {
        this(id, title, sub, columns, lines, none, hint, false);
    }

    /// Copies the lists.
    Sheet {
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
    }

    /// A column.
    ///
    /// @param style class of its cells: `num`, `mono`, `wide`, `wide main`, or nothing
    record Column(String label, String style) {}

    /// A row.
    ///
    /// @param id of its element
    /// @param deeds what can be done to it
    /// @param open whether it is the one that is shown in full
    record Line(String id, List<Cell> cells, List<Deed> deeds, boolean open) {
        /// A row that is not opened.
        Line(String id, List<Cell> cells, List<Deed> deeds) {
            this(id, cells, deeds, false);
        }

        /// Copies the lists; an id may be made of foreign text.
        Line {
            id = Visible.of(id);
            cells = List.copyOf(cells);
            deeds = List.copyOf(deeds);
        }

        /// Whether anything can be done.
        boolean acts() {
            return !deeds.isEmpty();
        }
    }

    /// A cell: a text, a state, or a time.
    ///
    /// @param text what it says
    /// @param style class: `num`, `mono`, `wide`, `muted`
    /// @param mark `ok`, `warn` or `bad` before a state, else empty
    /// @param time ISO time when it is one, else empty
    /// @param more what its tooltip says
    /// @param href where it leads, empty for nowhere
    /// @param aside whether that opens beside the table and not as another page
    record Cell(
            String text,
            String style,
            String mark,
            String time,
            String more,
            String href,
            boolean aside) {
        /// Of a time as people read it: date, hour, minute, second.
        private static final int SECONDS = 19;

        static Cell of(String text) {
            return new Cell(Visible.of(text), "", "", "", Visible.of(text), "", false);
        }

        static Cell mono(String text) {
            return new Cell(Visible.of(text), "mono", "", "", Visible.of(text), "", false);
        }

        static Cell wide(String text) {
            return new Cell(Visible.of(text), "wide", "", "", Visible.of(text), "", false);
        }

        /// The one that a table is read for: it gets what the others leave.
        static Cell main(String text) {
            return new Cell(Visible.of(text), "wide main", "", "", Visible.of(text), "", false);
        }

        static Cell number(long value) {
            return new Cell(Numbers.whole(value), "num", "", "", "", "", false);
        }

        static Cell figure(String text) {
            return new Cell(text, "num", "", "", "", "", false);
        }

        static Cell state(String text, String mark) {
            return new Cell(Visible.of(text), "", mark, "", Visible.of(text), "", false);
        }

        static Cell time(Instant time) {
            return new Cell(
                    Rows.clock(time), "num", "", time.toString(), Rows.full(time), "", false);
        }

        /// A time that may be of another day.
        static Cell date(Instant time) {
            String full = Rows.full(time);
            return new Cell(
                    full.substring(0, SECONDS), "num", "", time.toString(), full, "", false);
        }

        /// The same as a link to what opens beside the table.
        Cell to(String path) {
            return new Cell(text, style, mark, time, more, path, true);
        }

        /// The same as a link to another page.
        Cell toPage(String path) {
            return new Cell(text, style, mark, time, more, path, false);
        }

        /// Whether it is a link.
        boolean linked() {
            return !href.isEmpty();
        }

        /// Whether it is a time.
        boolean timed() {
            return !time.isEmpty();
        }

        /// Whether a mark stands before it.
        boolean marked() {
            return !mark.isEmpty();
        }
    }

    /// A button of a row: a form that posts one value, or a link to a page that asks more first.
    ///
    /// @param action where to
    /// @param label what it says
    /// @param name name of the field
    /// @param value what it is done to
    /// @param opens whether it is such a link
    record Deed(String action, String label, String name, String value, boolean opens) {
        /// A form.
        Deed(String action, String label, String name, String value) {
            this(action, label, name, value, false);
        }

        static Deed link(String path, String label, String name, String value) {
            return new Deed(path, label, name, value, true);
        }

        /// Where a link leads.
        String href() {
            return Href.of(action).with(name, value).text();
        }
    }

    /// The same with whether it is cut.
    Sheet cut(boolean more) {
        return new Sheet(id, title, sub, columns, lines, none, hint, more);
    }

    /// Whether there is any line.
    boolean full() {
        return !lines.isEmpty();
    }

    /// Whether lines have buttons.
    boolean acts() {
        return lines.stream().anyMatch(Line::acts);
    }
}
