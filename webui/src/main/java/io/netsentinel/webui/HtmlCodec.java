package io.netsentinel.webui;

import io.netsentinel.channels.spi.Codec;
import io.netsentinel.channels.spi.RecordView;
import io.netsentinel.events.Event;

/// Alerts as the rows of the dashboard: `html:alert` for the table, `html:feed` for the feed. A
/// triage change comes as an invisible row that names the alert it changes.
public final class HtmlCodec implements Codec {
    private static final String TABLE = "html:alert";
    private static final String FEED = "html:feed";

    /// For `ServiceLoader`.
    public HtmlCodec() {}

    @Override
    public String member() {
        return "html";
    }

    @Override
    public boolean supports(String format) {
        return format.equals(TABLE) || format.equals(FEED);
    }

    @Override
    public byte[] encode(RecordView record, String format) {
        Event event = record.event();
        Html out = new Html();
        boolean table = format.equals(TABLE);
        if (event.kind().equals("state")) {
            Rows.change(out, table ? "tr" : "li", event);
        } else if (table) {
            Rows.table(out, event, RowState.of(event));
        } else {
            Rows.feed(out, event);
        }
        return JsonString.bytes(out.markup().html());
    }
}
