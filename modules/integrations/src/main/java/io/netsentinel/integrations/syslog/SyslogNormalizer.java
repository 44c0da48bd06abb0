package io.netsentinel.integrations.syslog;

import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.Origin;
import java.time.ZoneId;

/// Reads syslog: RFC 3164 and RFC 5424, with and without the priority in front (files have none),
/// and what devices send that is neither.
public final class SyslogNormalizer implements Normalizer {
    private final ZoneId zone;

    /// For `ServiceLoader`. Times without a zone are this machine's.
    public SyslogNormalizer() {
        this(ZoneId.systemDefault());
    }

    /// @param zone of times that do not say one
    SyslogNormalizer(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String format() {
        return "syslog";
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Normalized normalize(byte[] line, int offset, int length, LineContext context) {
        return new SyslogEvent(zone, "").read(line, offset, length, context);
    }

    @Override
    public LineReader reader(Origin origin) {
        return new SyslogEvent(zone, origin.peer())::read;
    }
}
