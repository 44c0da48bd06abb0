package io.netsentinel.webui;

import java.util.List;

/// How each kind of sensor is connected, with the exact text to copy.
final class SensorGuide {
    private SensorGuide() {}

    /// A kind of sensor.
    ///
    /// @param id of its element
    /// @param title its name
    /// @param words what to do
    /// @param steps texts to copy, each with where it belongs
    record Sensor(String id, String title, String words, List<Step> steps) {}

    /// @param where a file or a machine
    /// @param text what stands there
    record Step(String where, String text) {}

    private static final String CONFIGURATION = "In conf/netsentinel.yaml, then start the server";

    /// @param commands with the address under which the browser reached the server
    static List<Sensor> of(StartCommands commands) {
        return List.of(
                sensor(
                        "suricata",
                        "Suricata on this machine",
                        "Its eve.json is followed through every rotation; what is already in it is"
                                + " read too.",
                        step("On this machine", commands.file()),
                        step(
                                "Or for good: " + CONFIGURATION,
                                source("suricata", "path: /var/log/suricata/eve.json"))),
                sensor(
                        "elsewhere",
                        "A sensor on another machine",
                        "Make a token for it, then let it post its lines: any of the formats eve,"
                                + " zeek, cowrie, syslog.",
                        step("On this machine", commands.token()),
                        step("On the sensor", commands.post())),
                sensor(
                        "zeek",
                        "Zeek",
                        "JSON or tab-separated logs; each log is told by its own header or name.",
                        step(
                                CONFIGURATION,
                                source(
                                        "zeek",
                                        "path: /var/log/zeek/current/*.log",
                                        "format: zeek"))),
                sensor(
                        "cowrie",
                        "Cowrie",
                        "Sessions and what was typed in them stand on the page Honeypot.",
                        step(
                                CONFIGURATION,
                                source(
                                        "honeypot",
                                        "path: /home/cowrie/cowrie/var/log/cowrie/cowrie.json*",
                                        "format: cowrie"))),
                sensor(
                        "syslog",
                        "Syslog of firewalls and servers",
                        "UDP, TCP with both framings, or TLS.",
                        step(CONFIGURATION, source("servers", "listen: tcp://0.0.0.0:5514")),
                        step(
                                "On a sender, /etc/rsyslog.d/netsentinel.conf",
                                "*.* action(type=\"omfwd\" target=\""
                                        + commands.name()
                                        + "\" port=\"5514\" protocol=\"tcp\""
                                        + " TCP_Framing=\"octet-counted\""
                                        + " template=\"RSYSLOG_SyslogProtocol23Format\")")),
                sensor(
                        "capture",
                        "Capture files",
                        "Packets and flows of pcap and pcapng files, also while they are written.",
                        step(
                                CONFIGURATION,
                                source("tap", "kind: pcap", "path: /var/spool/pcap/*.pcap*"))),
                sensor(
                        "broker",
                        "Valkey, Redis or Kafka",
                        "Lists, streams, channels and topics that sensors write to.",
                        step(
                                CONFIGURATION,
                                source(
                                        "suricata",
                                        "kind: valkey",
                                        "url: redis://127.0.0.1:6379/0",
                                        "list: suricata"))),
                sensor(
                        "demo",
                        "No sensor at hand",
                        "An hour of a made-up network, played again and again, in a folder of its"
                                + " own.",
                        step("On this machine", "bin/netsentinel demo")));
    }

    private static Sensor sensor(String id, String title, String words, Step... steps) {
        return new Sensor("guide-" + id, title, words, List.of(steps));
    }

    private static Step step(String where, String text) {
        return new Step(where, text);
    }

    private static String source(String name, String... lines) {
        return "sources:\n  " + name + ":\n    " + String.join("\n    ", lines);
    }
}
