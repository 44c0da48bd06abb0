/// Pages, fragments, the HTML codec, assets and the browser client.
@org.jspecify.annotations.NullMarked
module io.netsentinel.webui {
    requires io.netsentinel.transport;
    requires io.netsentinel.detection;
    requires io.netsentinel.integrations;
    requires static org.jspecify;

    exports io.netsentinel.webui;
}
