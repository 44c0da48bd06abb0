package io.netsentinel.webui;

import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.detection.TopologyNews;
import java.time.Instant;
import java.util.Optional;

/// An event of the channel `topology` as markup: what is drawn, the rows of both tables, and what
/// is gone. Where something lies in the picture, which alerts it has and what else the address says
/// is for the page to add: this is the same for everyone.
final class TopologyRows {
    private static final TopologyView PLAIN =
            TopologyView.parse(_ -> Optional.empty(), Instant.EPOCH);
    private static final TopologySheets SHEETS =
            new TopologySheets(TopologyChanges.NONE, TopologyHeat.none(), PLAIN);

    private TopologyRows() {}

    static void write(Html out, TopologyNews news) {
        out.raw("<svg")
                .attribute("data-action", news.action())
                .raw(" data-hosts='")
                .number(news.size().hosts())
                .raw("' data-edges='")
                .number(news.size().edges())
                .raw("'>");
        news.hosts().forEach(host -> mark(out, host));
        news.edges().forEach(edge -> mark(out, edge));
        out.raw("</svg><table><tbody>");
        news.hosts().forEach(host -> SheetRow.write(out, SHEETS.host(host, "")));
        out.raw("</tbody><tbody>");
        news.edges().forEach(edge -> SheetRow.write(out, SHEETS.edge(edge, "")));
        out.raw("</tbody></table><ul>");
        for (String ip : news.goneHosts()) {
            out.raw("<li").attribute("data-ip", ip).raw("></li>");
        }
        for (TopologyNews.Ends edge : news.goneEdges()) {
            out.raw("<li")
                    .attribute("data-from", edge.source())
                    .attribute("data-with", edge.destination())
                    .raw("></li>");
        }
        out.raw("</ul>");
    }

    private static void mark(Html out, TopologyHost host) {
        out.raw(host.inside() ? "<g class='host'" : "<g class='host outside'");
        TopologyMarks.names(out, host);
        out.attribute("data-to", PLAIN.opened(host.ip()).href())
                .raw(" data-x='" + host.x() + "' data-y='" + host.y() + "'>");
        TopologyMarks.host(out, host, false, Optional.empty());
        out.raw("</g>");
    }

    private static void mark(Html out, TopologyEdge edge) {
        out.raw("<line class='edge'");
        TopologyMarks.names(out, edge);
        out.attribute("data-to", PLAIN.opened(edge.source(), edge.destination()).href()).raw(">");
        TopologyMarks.title(out, edge);
        out.raw("</line>");
    }
}
