package io.netsentinel.integrations.syslog;

import static io.netsentinel.integrations.LineLab.accepted;
import static io.netsentinel.integrations.LineLab.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.LineLab;
import io.netsentinel.integrations.SampleData;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.integrations.spi.Routed;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogNormalizerTest {
    private final LineReader reader =
            new SyslogNormalizer(ZoneOffset.UTC).reader(Origin.peer("203.0.113.9"));

    @Test
    void aMessageOfRfc3164IsTakenApart() {
        Routed routed = accepted(reader, "<34>May 11 22:14:15 mymachine cron[412]: a message");
        Event event = routed.event();

        assertThat(routed.channels()).containsExactly(Channel.LOGS, Channel.THREATS);
        assertThat(event.text(Fields.TIMESTAMP)).isEqualTo("2026-05-11T22:14:15Z");
        assertThat(event.text(Fields.HOST_NAME)).isEqualTo("mymachine");
        assertThat(event.text("process.name")).isEqualTo("cron");
        assertThat(event.text("process.pid")).isEqualTo("412");
        assertThat(event.text(Fields.MESSAGE)).isEqualTo("a message");
        assertThat(event.text("log.syslog.facility.name")).isEqualTo("auth");
        assertThat(event.number(Fields.EVENT_SEVERITY, -1)).isEqualTo(2);
        assertThat(event.text("log.source.address")).isEqualTo("203.0.113.9");
        assertThat(event.text(Fields.OBSERVER_NAME)).isEqualTo("lab");
        assertThat(event.score()).isEqualTo(84);
    }

    @Test
    void aMessageOfRfc5424IsTakenApart() {
        Event event =
                event(
                        reader,
                        "<165>1 2026-05-11T22:14:15.003Z host.example evntslog 77 ID47"
                                + " [ex@32473 iut=\"3\" text=\"a \\\"b\\\" \\] c\"][p@1 class=\"high\"] \uFEFFan entry");

        assertThat(event.text(Fields.TIMESTAMP)).isEqualTo("2026-05-11T22:14:15.003Z");
        assertThat(event.text(Fields.HOST_NAME)).isEqualTo("host.example");
        assertThat(event.text("process.name")).isEqualTo("evntslog");
        assertThat(event.text("process.pid")).isEqualTo("77");
        assertThat(event.text("event.code")).isEqualTo("ID47");
        assertThat(event.text(Fields.MESSAGE)).isEqualTo("an entry");
        assertThat(event.text("log.syslog.structured_data.ex@32473.text")).isEqualTo("a \"b\" ] c");
        assertThat(event.text("log.syslog.structured_data.p@1.class")).isEqualTo("high");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "May 11 22:14:15 h app: text | 2026-05-11T22:14:15Z | h | app | text",
                "2026-05-11T22:14:15.5+02:00 h app[1]: text | 2026-05-11T20:14:15.500Z | h | app | text",
                "<13>May  5 17:32:18 10.0.0.99 Use the BFG! | 2026-05-05T17:32:18Z | 10.0.0.99 | '' | Use the BFG!",
                "<30>snmpd[6956]: Connection from UDP | '' | 203.0.113.9 | snmpd | Connection from UDP",
                "<189>73: May  3 19:57:18.377: %LINEPROTO-5-UPDOWN: down | 2026-05-03T19:57:18.377Z | 203.0.113.9 | LINEPROTO | down",
                "<189>39: R1: *May 22 13:39:12.252: %SYS-5-CONFIG_I: done | 2026-05-22T13:39:12.252Z | R1 | SYS | done",
                "<134>May 11 2025 22:14:15 fw1 : %ASA-6-302014: Teardown | 2025-05-11T22:14:15Z | fw1 | ASA | Teardown",
                "<13>Dec 31 23:59:59 h app: last year | 2025-12-31T23:59:59Z | h | app | last year",
                "just text | '' | 203.0.113.9 | '' | just text",
                "<999>May 11 22:14:15 h app: x | '' | 203.0.113.9 | '' | <999>May 11 22:14:15 h app: x",
            })
    void whatDevicesSendIsUnderstoodAsFarAsItGoes(
            String line, String time, String host, String app, String text) {
        Event event = event(reader, line);

        assertThat(event.text(Fields.TIMESTAMP))
                .isEqualTo(time.isEmpty() ? "2026-06-01T13:00:00Z" : time);
        assertThat(event.text(Fields.HOST_NAME)).isEqualTo(host);
        assertThat(event.text("process.name")).isEqualTo(app);
        assertThat(event.text(Fields.MESSAGE)).isEqualTo(text);
        assertThat(event.text(Fields.RAW)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sshd[1]: Failed password for root from 192.0.2.7 port 4022 ssh2 | failure | root | 192.0.2.7",
                "sshd[1]: Failed password for invalid user a b from 192.0.2.7 port 4022 ssh2 | failure | a b | 192.0.2.7",
                "sshd[1]: Failed none for invalid user x from 9.9.9.9 port 1 ssh2 from 192.0.2.7 port 4022 ssh2 | failure | x from 9.9.9.9 port 1 ssh2 | 192.0.2.7",
                "sshd-session[1]: Accepted publickey for ann from 2001:db8:0::7 port 4022 ssh2: ED25519 SHA256:x | success | ann | 2001:db8::7",
                "sshd[1]: Invalid user bob from 192.0.2.7 port 4022 | unknown | bob | 192.0.2.7",
                "sshd[1]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root | unknown | root | 192.0.2.7",
                "dropbear[1]: Bad password attempt for 'root' from 192.0.2.7:39944 | failure | root | 192.0.2.7",
                "su: 'su root' failed for lonvick on /dev/pts/8 | failure | lonvick | ''",
                "sudo: ann : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh | failure | ann | ''",
                "login[1]: FAILED LOGIN (1) on '/dev/tty1' FOR 'root', Authentication failure | failure | root | ''",
                "dovecot: imap-login: Disconnected (auth failed, 1 attempts): user=<joe>, method=PLAIN, rip=192.0.2.7, lip=10.0.0.1 | failure | joe | 192.0.2.7",
                "postfix/smtpd[1]: warning: unknown[192.0.2.7]: SASL LOGIN authentication failed: x | failure | '' | 192.0.2.7",
                "vsftpd: [pid 2] [joe] FAIL LOGIN: Client \"192.0.2.7\" | failure | joe | 192.0.2.7",
                "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: admin] [Source: 192.0.2.7] [localport: 22] [Reason: x] | failure | admin | 192.0.2.7",
                "%ASA-6-605004: Login denied from 192.0.2.7/1234 to outside:10.0.0.1/ssh for user \"joe\" | failure | joe | 192.0.2.7",
                "system,error,critical login failure for user admin from 192.0.2.7 via ssh | failure | admin | 192.0.2.7",
                "devname=\"FG\" logdesc=\"Admin login failed\" action=\"login\" status=\"failed\" user=\"admin\" srcip=192.0.2.7 | failure | admin | 192.0.2.7",
                "MSWinEventLog\t1\tSecurity\t7\tFri Sep 17 16:37:25 2021\t4625\tMicrosoft-Windows-Security-Auditing\tAn account failed to log on.  Subject: Account Name: -  Account For Which Logon Failed:  Account Name:  joe  Network Account Name: -  Source Network Address: 192.0.2.7 | failure | joe | 192.0.2.7",
            })
    void loginsAreRecognised(String message, String outcome, String user, String address) {
        for (String head :
                List.of("<38>May 11 22:14:15 host ", "<38>1 2026-05-11T22:14:15Z host ")) {
            boolean modern = head.contains(">1 ");
            if (modern && !message.matches("(?s)[a-z-]+\\[1\\]: .*")) {
                continue;
            }
            String rest = modern ? message.replaceFirst("\\[1\\]: ", " 1 - - ") : message;
            Event event = event(reader, head + rest);
            assertThat(event.text(Fields.EVENT_CATEGORY)).as(rest).isEqualTo("authentication");
            assertThat(event.text(Fields.EVENT_OUTCOME)).isEqualTo(outcome);
            assertThat(event.text(Fields.USER_NAME)).isEqualTo(user);
            assertThat(event.text(Fields.SOURCE_IP)).isEqualTo(address);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kernel: [UFW BLOCK] IN=eth0 OUT= MAC=00:01 SRC=192.0.2.7 DST=10.0.0.1 LEN=40 PROTO=TCP SPT=4000 DPT=22 SYN | denied | tcp | 4000 | 22",
                "filterlog[1]: 5,,,1000000103,em0,match,block,in,4,0x0,,64,1,0,DF,6,tcp,60,192.0.2.7,10.0.0.1,4000,22,0,S,1,,64240,,mss | denied | tcp | 4000 | 22",
                "%ASA-4-106023: Deny tcp src outside:192.0.2.7/4000 dst inside:10.0.0.1/22 by access-group \"x\" | denied | tcp | 4000 | 22",
                "%ASA-6-302013: Built inbound TCP connection 9 for outside:192.0.2.7/4000 (192.0.2.7/4000) to inside:10.0.0.1/22 (10.0.0.1/22) | allowed | tcp | 4000 | 22",
                "%SEC-6-IPACCESSLOGP: list 101 denied tcp 192.0.2.7(4000) -> 10.0.0.1(22), 1 packet | denied | tcp | 4000 | 22",
                "date=2026-05-11 devname=\"FG\" type=\"traffic\" srcip=192.0.2.7 srcport=4000 dstip=10.0.0.1 dstport=22 proto=6 action=\"deny\" | denied | tcp | 4000 | 22",
                "ssg: NetScreen device_id=1 proto=17 action=Permit src=192.0.2.7 dst=10.0.0.1 src_port=4000 dst_port=22 | allowed | udp | 4000 | 22",
            })
    void firewallsAreUnderstood(String message, String type, String protocol, int from, int to) {
        Event event = event(reader, "<134>May 11 22:14:15 fw " + message);

        assertThat(event.text(Fields.EVENT_TYPE)).isEqualTo("connection," + type);
        assertThat(event.text(Fields.SOURCE_IP)).isEqualTo("192.0.2.7");
        assertThat(event.text(Fields.DESTINATION_IP)).isEqualTo("10.0.0.1");
        assertThat(event.number(Fields.SOURCE_PORT, 0)).isEqualTo(from);
        assertThat(event.number(Fields.DESTINATION_PORT, 0)).isEqualTo(to);
        assertThat(event.text(Fields.NETWORK_TRANSPORT)).isEqualTo(protocol);
    }

    @Test
    void bytesThatAreNoTextAreTakenAndNoted() {
        byte[] line = "<13>May 11 22:14:15 h app: caf? \0\0\r".getBytes(UTF_8);
        line[30] = (byte) 0xE9;
        Event event = accepted(reader, line).event();

        assertThat(event.text(Fields.MESSAGE)).isEqualTo("caf\uFFFD");
        assertThat(event.text(Fields.NS_NOTE)).isEqualTo("invalid UTF-8 was replaced");
    }

    @Test
    void hugeMessagesOfAnAttackersTakeNoTime() {
        String many = "a from ".repeat(20_000);
        long start = System.nanoTime();
        for (String head :
                List.of(
                        "<38>May 11 22:14:15 h sshd[1]: Failed password for ",
                        "<38>May 11 22:14:15 h dovecot: (auth failed user=<",
                        "<38>May 11 22:14:15 h sudo: x : command not allowed ; ",
                        "<38>May 11 22:14:15 h %ASA-4-106023: Deny tcp src ",
                        "<38>May 11 22:14:15 h x: =\"=\"=",
                        "<165>1 2026-05-11T22:14:15Z h a - - [x a=\"")) {
            for (int i = 0; i < 50; i++) {
                event(reader, head + many);
            }
        }
        // 300 messages of 140 KB
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }

    @Test
    @EnabledIf(
            value = "io.netsentinel.integrations.SampleData#present",
            disabledReason = "the sample data ../shared/data is not there")
    void everyLineOfTheSamplesIsTaken() {
        int lines = 0;
        for (String name :
                List.of(
                        "framing-no-octet-counted.testdata",
                        "framing-nontransparent-multiline.testdata",
                        "rfc3164-section5.4-examples.log",
                        "rfc3164-snare-windows2022.log",
                        "rfc3164-wire-ndpi.log",
                        "rfc5424-section6.5-examples.log")) {
            Path file = SampleData.file("syslog", name);
            for (byte[] line : SampleData.rawLines(file)) {
                assertThat(accepted(reader, line).channels()).startsWith(Channel.LOGS);
                lines++;
            }
            LineLab.fuzz(reader, SampleData.rawLines(file), 2_000);
        }
        assertThat(lines).isEqualTo(20 + 16 + 2 + 278 + 83 + 4);
    }
}
