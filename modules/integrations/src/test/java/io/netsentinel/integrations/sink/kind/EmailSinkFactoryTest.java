package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.SinkFactoryContract;
import io.netsentinel.integrations.spi.SinkFactory;
import java.util.List;
import java.util.Map;

final class EmailSinkFactoryTest extends SinkFactoryContract {
    @Override
    protected SinkFactory factory() {
        return new EmailSinkFactory();
    }

    @Override
    protected Map<String, Object> least() {
        return Map.of(
                "url",
                "smtps://mail.example.org:465",
                "from",
                "netsentinel@example.org",
                "to",
                List.of("soc@example.org"));
    }
}
