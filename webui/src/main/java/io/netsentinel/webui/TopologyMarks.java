package io.netsentinel.webui;

import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.events.Severity;
import java.util.Optional;

/// What hosts and connections look like in the picture, wherever they lie: the same when the page
/// draws them and when they are pushed.
final class TopologyMarks {
    private TopologyMarks() {}

    /// Colour and shape, as everywhere.
    static void signs(Html out) {
        out.raw("<defs>");
        for (Severity severity : Severity.values()) {
            String body =
                    switch (severity) {
                        case CRITICAL -> "<path d='M0-8 8 7-8 7z'></path>";
                        case HIGH -> "<path d='M0-8 8 0 0 8-8 0z'></path>";
                        case MEDIUM -> "<path d='M-6-6h12v12h-12z'></path>";
                        case LOW -> "<circle r='6'></circle>";
                        case INFO -> "<path d='M-6-1.5h12v3h-12z'></path>";
                    };
            out.raw("<g id='sign-" + severity.text() + "'>" + body + "</g>");
        }
        out.raw("</defs>");
    }

    /// What stands inside the group of a host.
    static void host(Html out, TopologyHost host, boolean picked, Optional<Severity> severity) {
        out.raw("<title>")
                .text(host.ip() + ", " + host.role())
                .raw("</title><circle class='hit' r='14'></circle>");
        if (picked) {
            out.raw("<circle class='ring' r='18'></circle>");
        }
        Optional<String> icon = TopologyRoles.icon(host.role());
        if (icon.isPresent()) {
            out.raw("<rect x='-13' y='-13' width='26' height='26' rx='6'></rect>")
                    .raw("<use class='role' href='#" + icon.get() + "'")
                    .raw(" x='-9' y='-9' width='18' height='18'></use>");
        } else {
            out.raw("<circle class='dot' r='5'></circle>");
        }
        severity.ifPresent(one -> sign(out, one, icon.isPresent()));
    }

    private static void sign(Html out, Severity severity, boolean beside) {
        out.raw("<use class='sign " + severity.text() + "' href='#sign-" + severity.text() + "'")
                .raw(beside ? " x='13' y='-13'></use>" : "></use>");
    }

    /// What the group of a host is known by.
    static void names(Html out, TopologyHost host) {
        out.attribute("data-ip", host.ip()).attribute("data-network", host.cluster());
    }

    /// What a line is known by.
    static void names(Html out, TopologyEdge edge) {
        out.attribute("data-from", edge.source()).attribute("data-with", edge.destination());
    }

    /// What stands inside a line.
    static void title(Html out, TopologyEdge edge) {
        out.raw("<title>").text(edge.source() + " → " + edge.destination()).raw("</title>");
    }
}
