package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Lines as Suricata writes them to `eve.json`.
final class Eve {
    private Eve() {}

    /// An alert that can be told from others by its URL.
    static String alert(String mark) {
        // like one of a real file; what differs from line to line is filled in
        return """
        {"timestamp":"2026-06-01T12:02:35.124093+0000","flow_id":%d,"pcap_cnt":1024,"event_type":"alert",\
        "src_ip":"203.0.113.77","src_port":49232,"dest_ip":"192.0.2.10","dest_port":8080,"proto":"TCP",\
        "pkt_src":"wire/pcap","tx_id":0,"alert":{"action":"allowed","gid":1,"signature_id":2034647,"rev":1,\
        "signature":"ET EXPLOIT Apache log4j RCE Attempt (http ldap) (CVE-2021-44228)",\
        "category":"Attempted Administrator Privilege Gain","severity":1,\
        "metadata":{"confidence":["High"],"cve":["CVE_2021_44228"],"signature_severity":["Major"]}},\
        "http":{"hostname":"victim.example","url":"/%s","http_method":"GET","protocol":"HTTP/1.1","length":0},\
        "app_proto":"http","direction":"to_server"}
        """
                .formatted(mark.hashCode() & 0x7fffffffL, mark);
    }

    /// An HTTP request, which is kept on `network`.
    static String http(String mark) {
        return """
        {"timestamp":"2026-06-01T12:02:35.124093+0000","flow_id":%d,"event_type":"http",\
        "src_ip":"192.0.2.7","src_port":49232,"dest_ip":"198.51.100.9","dest_port":80,"proto":"TCP",\
        "tx_id":0,"http":{"hostname":"www.example","url":"/%s","http_user_agent":"curl/8.5",\
        "http_method":"GET","protocol":"HTTP/1.1","status":200,"length":512}}
        """
                .formatted(mark.hashCode() & 0x7fffffffL, mark);
    }

    /// So many of them.
    static String requests(String prefix, int first, int count) {
        StringBuilder lines = new StringBuilder(count * 400);
        IntStream.range(first, first + count).forEach(n -> lines.append(http(prefix + "-" + n)));
        return lines.toString();
    }

    /// So many alerts marked `PREFIX-N`, N from `first` on.
    static String alerts(String prefix, int first, int count) {
        StringBuilder lines = new StringBuilder(count * 700);
        IntStream.range(first, first + count).forEach(n -> lines.append(alert(prefix + "-" + n)));
        return lines.toString();
    }

    static Stream<String> marks(String prefix, int first, int count) {
        return IntStream.range(first, first + count).mapToObj(n -> prefix + "-" + n);
    }

    static void append(Path file, String lines) {
        try {
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The mark of an alert as it was delivered or stored; empty for what is no such alert.
    static String mark(JsonNode event) {
        return event.path("data").path("url").path("path").asText().replaceFirst("^/", "");
    }
}
