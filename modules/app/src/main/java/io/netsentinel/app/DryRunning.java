package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.dry.FilePast;
import io.netsentinel.app.dry.LogPast;
import io.netsentinel.app.dry.Past;
import io.netsentinel.app.dry.ServerPast;
import io.netsentinel.detection.DryRun;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.spi.Normalizer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// `netsentinel replay --dry-run`: what the detectors would find in the past with the configuration
/// as it is. Nothing is published.
final class DryRunning {
    private final Shell shell;
    private final Settings settings;

    DryRunning(Arguments arguments, Shell shell) {
        Configuration configuration = ConfigurationSources.load(arguments, shell);
        this.shell = shell;
        this.settings = Settings.of(configuration, shell);
    }

    private static List<Normalizer> normalizers() {
        return ServiceLoader.load(DryRunning.class.getModule().getLayer(), Normalizer.class)
                .stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// Of recorded files.
    Exit files(List<Path> files, Optional<String> format) {
        return play(new FilePast(files, format, normalizers(), Clock.systemUTC()));
    }

    /// Of the log of a running server.
    Exit server(URI server, String token) {
        return play(new ServerPast(server, token));
    }

    /// Of the log of a server that is stopped.
    Exit log() {
        return play(new LogPast(settings.data(), settings.log()));
    }

    private Exit play(Past past) {
        DryRun detectors = DryRun.of(settings.detection(), AllDetectors.list(), Clock.systemUTC());
        try {
            past.play(detectors);
        } catch (Past.FailedException | IOException e) {
            throw new CommandException(Exit.FAILED, "replay: " + e.getMessage(), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Exit.FAILED;
        }
        tell(detectors);
        return Exit.FINE;
    }

    private void tell(DryRun detectors) {
        List<Event> findings = detectors.takeFindings();
        findings.stream()
                .sorted(Comparator.comparing(Event::timestamp))
                .forEach(finding ->
                        shell.out()
                                .printf(
                                        "%s  %3d  %-18s %s%n",
                                        finding.timestamp(),
                                        finding.score(),
                                        finding.text(Fields.RULE_ID),
                                        Visible.characters(finding.text(Fields.MESSAGE))));
        Map<String, Integer> counts = new TreeMap<>();
        findings.forEach(each -> counts.merge(each.text(Fields.RULE_ID), 1, Integer::sum));
        shell.out()
                .printf(
                        "%d findings in %d events%s%n",
                        findings.size(), detectors.looked(), counts.isEmpty() ? "" : ": " + counts);
    }
}
