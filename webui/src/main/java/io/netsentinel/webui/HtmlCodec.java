package io.netsentinel.webui;

import io.netsentinel.channels.spi.Codec;
import io.netsentinel.channels.spi.RecordView;
import io.netsentinel.detection.TopologyNews;
import io.netsentinel.events.Event;
import java.util.Arrays;
import java.util.Optional;

/// Events as the rows of the dashboard. Alerts: `html:alert` for the table, `html:feed` for the
/// feed, `html:map` for the table below the map; a triage change comes as an invisible row that
/// names the alert it changes. What sensors see of the network: `html:flow`, `html:record` and
/// `html:packet`. Who talks to whom: `html:topology`.
public final class HtmlCodec implements Codec {
    private static final String TABLE = "html:alert";
    private static final String FEED = "html:feed";
    private static final String MAP = "html:map";
    private static final String TOPOLOGY = "html:topology";

    /// For `ServiceLoader`.
    public HtmlCodec() {}

    @Override
    public String member() {
        return "html";
    }

    @Override
    public boolean supports(String format) {
        return format.equals(TABLE)
                || format.equals(FEED)
                || format.equals(MAP)
                || format.equals(TOPOLOGY)
                || kind(format).isPresent();
    }

    private static Optional<NetworkView.Kind> kind(String format) {
        return Arrays.stream(NetworkView.Kind.values())
                .filter(kind -> kind.format().equals(format))
                .findFirst();
    }

    @Override
    public byte[] encode(RecordView record, String format) {
        Html out = new Html();
        if (format.equals(TOPOLOGY)) {
            TopologyRows.write(out, TopologyNews.of(record.payload()));
            return JsonString.bytes(out.markup().html());
        }
        Event event = record.event();
        Optional<NetworkView.Kind> kind = kind(format);
        if (kind.isPresent()) {
            SheetRow.write(out, NetworkSheets.line(kind.get(), record.offset(), event));
            return JsonString.bytes(out.markup().html());
        }
        boolean table = format.equals(TABLE);
        if (event.kind().equals("state")) {
            Rows.change(out, format.equals(FEED) ? "li" : "tr", event);
        } else if (format.equals(MAP)) {
            SheetRow.alert(out, event, MapPage.line(event));
        } else if (table) {
            Rows.table(out, event, RowState.of(event));
        } else {
            Rows.feed(out, event);
        }
        return JsonString.bytes(out.markup().html());
    }
}
