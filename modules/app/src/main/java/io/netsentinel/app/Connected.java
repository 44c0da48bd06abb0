package io.netsentinel.app;

import io.netsentinel.app.doctor.Finding;
import io.netsentinel.auth.AdminReply;
import io.netsentinel.integrations.Examined;
import io.netsentinel.integrations.Sinks;
import io.netsentinel.integrations.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether sources can be read and sinks take something: asked of the running server, which has the
/// rights and the connections that count, else tried here.
final class Connected {
    static final String COMMAND = "doctor";

    private Connected() {}

    /// What the running server answers.
    static AdminReply reply(Sources sources, Sinks sinks) {
        List<Examined> all = new ArrayList<>(sources.examine());
        all.addAll(sinks.examine(COMMAND));
        return new AdminReply.Done(
                all.stream()
                        .map(one ->
                                Map.of(
                                        "subject", one.subject(),
                                        "target", one.target(),
                                        "problem", one.problem().orElse("")))
                        .toList());
    }

    /// @param reply the running server's; empty when none runs
    static List<Finding> findings(Optional<AdminReply> reply, Settings settings) {
        if (reply.isEmpty()) {
            List<Examined> all = new ArrayList<>(Sources.examine(settings.sources()));
            all.addAll(Sinks.examine(settings.sinks(), COMMAND));
            return all.stream().map(Connected::finding).toList();
        }
        return switch (reply.get()) {
            case AdminReply.Done done -> done.rows().stream().map(Connected::finding).toList();
            case AdminReply.Failed failed ->
                    List.of(
                            Finding.problem(
                                    "server",
                                    failed.message(),
                                    "it is of another version: restart it"));
        };
    }

    private static Finding finding(Map<String, String> row) {
        String problem = row.getOrDefault("problem", "");
        return finding(
                new Examined(
                        row.getOrDefault("subject", ""),
                        row.getOrDefault("target", ""),
                        problem.isEmpty() ? Optional.empty() : Optional.of(problem)));
    }

    private static Finding finding(Examined one) {
        boolean sink = one.subject().startsWith("sink");
        return one.problem()
                .map(problem ->
                        Finding.problem(
                                one.subject(),
                                problem.startsWith(one.target())
                                        ? problem
                                        : one.target() + ": " + problem,
                                sink
                                        ? "see that the target runs and can be reached from here, and its key in the configuration"
                                        : "see that it is there and may be read by the server's user"))
                .orElseGet(() ->
                        Finding.ok(
                                one.subject(),
                                one.target()
                                        + (sink ? " took a test record" : " can be read from")));
    }
}
