import org.codelibs.opensearch.runner.OpenSearchRunner;

/// One real OpenSearch node in a process of its own: `OpenSearchNode.java FOLDER HTTP-PORT TRANSPORT-PORT`. It ends with its standard input.
public final class OpenSearchNode {
    private OpenSearchNode() {}

    public static void main(String[] words) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild(
                (number, settings) -> {
                    settings.put("network.host", "127.0.0.1");
                    settings.put("http.port", words[1]);
                    settings.put("transport.port", words[2]);
                    settings.put("discovery.type", "single-node");
                    settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
                });
        runner.build(
                OpenSearchRunner.newConfigs()
                        .basePath(words[0])
                        .numOfNode(1)
                        .clusterName("lab")
                        .useLogger());
        System.out.println("READY");
        while (System.in.read() >= 0) {
            // until whoever started it is gone
        }
        System.exit(0);
    }
}
