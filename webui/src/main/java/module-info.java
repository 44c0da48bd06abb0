/// The dashboard: pages, the HTML codec of their rows, assets and the browser client.
///
/// @provides io.netsentinel.channels.spi.Codec `html:alert`, `html:feed`
/// @provides io.netsentinel.transport.spi.Endpoint the pages and `/assets/`
/// @provides io.netsentinel.transport.spi.Method `dashboard.pulse`, `dashboard.overview`,
///   `dashboard.painted`
@org.jspecify.annotations.NullMarked
module io.netsentinel.webui {
    requires transitive io.netsentinel.channels;
    requires transitive io.netsentinel.transport;
    requires io.netsentinel.analytics;
    requires io.netsentinel.detection;
    requires io.netsentinel.integrations;
    requires org.slf4j;
    requires thymeleaf;
    requires static org.jspecify;

    exports io.netsentinel.webui;

    provides io.netsentinel.channels.spi.Codec with
            io.netsentinel.webui.HtmlCodec;
    provides io.netsentinel.transport.spi.Endpoint with
            io.netsentinel.webui.Dashboard;
    provides io.netsentinel.transport.spi.Method with
            io.netsentinel.webui.OverviewMethod,
            io.netsentinel.webui.PaintedMethod,
            io.netsentinel.webui.PulseMethod;
}
