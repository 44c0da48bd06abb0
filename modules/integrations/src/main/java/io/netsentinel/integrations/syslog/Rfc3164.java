package io.netsentinel.integrations.syslog;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes apart what RFC 3164 describes and what devices send instead: `TIME HOST TAG[PID]: TEXT`,
/// where each part may be missing; Cisco's sequence numbers and mnemonics.
final class Rfc3164 {
    private static final Pattern SEQUENCE = Pattern.compile("\\d{1,10}: ");
    private static final Pattern NAME_AND_COLON = Pattern.compile("([A-Za-z0-9._-]{1,64}): ");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._:-]{1,255}) ");
    private static final Pattern TAG =
            Pattern.compile("([A-Za-z0-9_./@()+-]{1,64})(?:\\[([^\\]\\s]{1,32})\\])?:(?: |$)");
    private static final Pattern MNEMONIC =
            Pattern.compile(
                    "%([A-Z0-9_]{1,32})(?:-[A-Z0-9_]{1,32})??-([0-7])-([A-Z0-9_]{1,48}): ?");

    private final String line;
    private final int priority;
    private final SyslogTime times;

    private int at;
    private String time = "";
    private String host = "";
    private String app = "";
    private String process = "";
    private String id = "";

    /// @param line what stands behind the priority
    Rfc3164(String line, int priority, SyslogTime times) {
        this.line = line;
        this.priority = priority;
        this.times = times;
    }

    SyslogMessage parse() {
        skip(SEQUENCE);
        Optional<SyslogTime.Stamp> stamp = times.at(line, at);
        if (stamp.isEmpty()) {
            stamp = nameBeforeTime();
        }
        boolean hostFollows = stamp.isPresent() && host.isEmpty() && !stamp.get().colon();
        if (stamp.isPresent()) {
            time = stamp.get().text();
            at = stamp.get().end();
        }
        Matcher mnemonic = matcher(MNEMONIC);
        if (hostFollows && !mnemonic.lookingAt() && !matcher(TAG).lookingAt()) {
            host();
        }
        tag();
        return new SyslogMessage(
                priority, 0, time, host, app, process, id, Map.of(), line.substring(at));
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(line).region(at, line.length());
    }

    private void skip(Pattern pattern) {
        Matcher matcher = matcher(pattern);
        if (matcher.lookingAt()) {
            at = matcher.end();
        }
    }

    /// Cisco with `logging origin-id`: `R1: *Sep 22 13:39:12.252: %…`
    private Optional<SyslogTime.Stamp> nameBeforeTime() {
        Matcher name = matcher(NAME_AND_COLON);
        if (!name.lookingAt()) {
            return Optional.empty();
        }
        Optional<SyslogTime.Stamp> stamp = times.at(line, name.end());
        if (stamp.isPresent()) {
            host = name.group(1);
        }
        return stamp;
    }

    private void host() {
        Matcher name = matcher(HOST);
        if (name.lookingAt()) {
            host = name.group(1);
            // Cisco ASA: `fw1 : %ASA-…`
            at = line.startsWith(": ", name.end()) ? name.end() + 2 : name.end();
        }
    }

    private void tag() {
        Matcher mnemonic = matcher(MNEMONIC);
        if (mnemonic.lookingAt()) {
            app = mnemonic.group(1);
            id = mnemonic.group().strip().substring(1);
            id = id.substring(0, id.length() - 1);
            at = mnemonic.end();
            return;
        }
        Matcher tag = matcher(TAG);
        if (tag.lookingAt()) {
            app = tag.group(1);
            process = tag.group(2) == null ? "" : tag.group(2);
            at = tag.end();
            mnemonicBehindTag();
        }
    }

    /// `asa1 : %ASA-4-106023: …` and the like.
    private void mnemonicBehindTag() {
        Matcher mnemonic = matcher(MNEMONIC);
        if (mnemonic.lookingAt()) {
            host = host.isEmpty() ? app : host;
            tag();
        }
    }
}
