package io.netsentinel.webui;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.util.List;

/// Flows, transactions and packets as tables, and who is seen most in them.
final class NetworkSheets {
    private static final int MOST = 200;

    private final NetworkView view;
    private final RecentEvents.Found found;
    private final List<RecentEvents.One> events;

    NetworkSheets(NetworkView view, RecentEvents.Found found) {
        this.view = view;
        this.found = found;
        this.events = found.events();
    }

    Sheet sheet() {
        return new Sheet(
                        "records",
                        view.kind().label(),
                        (events.size() <= MOST
                                        ? Numbers.count(events.size(), "line")
                                        : "the newest " + MOST + " lines")
                                + found.said(),
                        columns(),
                        events.stream().limit(MOST).map(this::line).toList(),
                        "Nothing here",
                        view.filter().isEmpty()
                                ? "Flows come from Suricata, Zeek and capture files: see Sources in the documentation."
                                : found.back().isEmpty()
                                        ? "No record that is kept satisfies the filter."
                                        : "No record satisfies the filter." + found.advice())
                .cut(events.size() > MOST);
    }

    private List<Column> columns() {
        Column time = new Column("Time", "num");
        Column protocol = new Column("Protocol", "");
        Column source = new Column("Source", "");
        Column destination = new Column("Destination", "");
        return switch (view.kind()) {
            case FLOWS ->
                    List.of(
                            time,
                            protocol,
                            source,
                            destination,
                            new Column("Direction", ""),
                            new Column("Bytes", "num"),
                            new Column("Packets", "num"),
                            new Column("State", ""),
                            new Column("Sensor", ""));
            case RECORDS ->
                    List.of(
                            time,
                            protocol,
                            source,
                            destination,
                            new Column("Record", ""),
                            new Column("What", "wide"),
                            new Column("Sensor", ""));
            case PACKETS ->
                    List.of(
                            time,
                            protocol,
                            source,
                            destination,
                            new Column("Bytes", "num"),
                            new Column("Record", ""),
                            new Column("What", "wide"),
                            new Column("Sensor", ""));
        };
    }

    /// A row as it is pushed: its link knows the kind, and nothing of what else an address says.
    static Line line(NetworkView.Kind kind, long offset, Event event) {
        NetworkView plain = new NetworkView(kind, "", Window.of(TimeRange.ALL), 0);
        return new NetworkSheets(plain, RecentEvents.Found.NOTHING)
                .line(new RecentEvents.One(offset, event));
    }

    private Line line(RecentEvents.One one) {
        Event event = one.event();
        Cell time = Cell.date(event.timestamp()).to(view.opened(one.offset()).href());
        Cell protocol = Cell.of(protocol(event));
        Cell source =
                end(
                        event,
                        Fields.SOURCE_GEO_COUNTRY_ISO_CODE,
                        Fields.SOURCE_IP,
                        Fields.SOURCE_PORT,
                        Fields.NS_SOURCE_ASSET,
                        Fields.SOURCE_DOMAIN);
        Cell destination =
                end(
                        event,
                        Fields.DESTINATION_GEO_COUNTRY_ISO_CODE,
                        Fields.DESTINATION_IP,
                        Fields.DESTINATION_PORT,
                        Fields.NS_DESTINATION_ASSET,
                        Fields.DESTINATION_DOMAIN);
        Cell record = Cell.of(event.text(Fields.EVENT_DATASET));
        Cell what = Cell.wide(event.text(Fields.MESSAGE));
        Cell sensor = Cell.of(event.text(Fields.OBSERVER_NAME));
        Cell bytes = Cell.figure(Numbers.bytes(bytes(event)));
        List<Cell> cells =
                switch (view.kind()) {
                    case FLOWS ->
                            List.of(
                                    time,
                                    protocol,
                                    source,
                                    destination,
                                    Cell.of(event.text(Fields.NETWORK_DIRECTION)),
                                    bytes,
                                    Cell.number(packets(event)),
                                    Cell.of(state(event)),
                                    sensor);
                    case RECORDS ->
                            List.of(time, protocol, source, destination, record, what, sensor);
                    case PACKETS ->
                            List.of(
                                    time,
                                    protocol,
                                    source,
                                    destination,
                                    bytes,
                                    record,
                                    what,
                                    sensor);
                };
        return new Line("n-" + one.offset(), cells, List.of(), one.offset() == view.event());
    }

    private static Cell end(
            Event event, String country, String ip, String port, String asset, String domain) {
        String code = event.text(country);
        String name = event.text(asset).isEmpty() ? event.text(domain) : event.text(asset);
        String address = Rows.address(event.text(ip), event.text(port));
        return Cell.mono(
                (code.isEmpty() ? "" : code + " ") + address + (name.isEmpty() ? "" : " " + name));
    }

    private static String protocol(Event event) {
        String application = event.text(Fields.NETWORK_PROTOCOL);
        String transport = event.text(Fields.NETWORK_TRANSPORT);
        return application.isEmpty() || application.equals("failed") ? transport : application;
    }

    private static String state(Event event) {
        String state = event.text(Fields.NS_FLOW_STATE);
        return state.isEmpty() ? event.text(Fields.NS_TCP_STATE) : state;
    }

    private static long bytes(Event event) {
        return event.has(Fields.NETWORK_BYTES)
                ? event.number(Fields.NETWORK_BYTES, 0)
                : event.number(Fields.SOURCE_BYTES, 0) + event.number(Fields.DESTINATION_BYTES, 0);
    }

    private static long packets(Event event) {
        return event.has(Fields.NETWORK_PACKETS)
                ? event.number(Fields.NETWORK_PACKETS, 0)
                : event.number(Fields.SOURCE_PACKETS, 0)
                        + event.number(Fields.DESTINATION_PACKETS, 0);
    }

    /// Who sends most, who is asked most, and what is spoken.
    List<BarList> bars() {
        boolean weighed = view.kind() != NetworkView.Kind.RECORDS;
        BarList.Sums talkers = new BarList.Sums();
        BarList.Sums destinations = new BarList.Sums();
        BarList.Sums protocols = new BarList.Sums();
        for (RecentEvents.One one : events) {
            Event event = one.event();
            long weight = weighed ? bytes(event) : 1;
            talkers.add(event.text(Fields.SOURCE_IP), weight);
            destinations.add(event.text(Fields.DESTINATION_IP), weight);
            protocols.add(protocol(event), 1);
        }
        String of = "of the newest " + Numbers.count(events.size(), "record");
        String by = (weighed ? "bytes " : "") + of;
        return List.of(
                talkers.list(
                        "talkers",
                        "Top sources",
                        by,
                        ip -> only(Fields.SOURCE_IP, ip),
                        weighed ? Numbers::bytes : Numbers::whole),
                destinations.list(
                        "destinations",
                        "Top destinations",
                        by,
                        ip -> only(Fields.DESTINATION_IP, ip),
                        weighed ? Numbers::bytes : Numbers::whole),
                protocols.list(
                        "protocols",
                        "Protocols",
                        of,
                        name ->
                                view.filtered(
                                                Fields.NETWORK_PROTOCOL
                                                        + " = "
                                                        + Href.quoted(name)
                                                        + " or "
                                                        + Fields.NETWORK_TRANSPORT
                                                        + " = "
                                                        + Href.quoted(name))
                                        .href(),
                        Numbers::whole));
    }

    private String only(String field, String value) {
        return view.filtered(field + " = " + Href.quoted(value)).href();
    }
}
