package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.integrations.bus.BusFields;
import io.netsentinel.integrations.bus.Outlet;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;

/// Adds to a stream. A batch is one transaction, so the stream has all of it or nothing.
final class ValkeySink implements Sink {
    private final ValkeyTarget target;
    private final String stream;
    private final XAddParams params;
    private final Outlet outlet;
    private Optional<Jedis> open = Optional.empty();

    ValkeySink(ValkeyTarget target, String stream, long length, Outlet outlet) {
        this.target = target;
        this.stream = stream;
        this.params = XAddParams.xAddParams().maxLen(length).approximateTrimming();
        this.outlet = outlet;
    }

    @Override
    public String target() {
        return target.text() + " stream " + stream;
    }

    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        try {
            Jedis connection = open.isPresent() ? open.get() : target.connect();
            open = Optional.of(connection);
            return add(connection, batch);
        } catch (JedisDataException e) {
            // it answers, for example that it has no memory left
            close();
            return Delivery.Later.because(ValkeyTarget.words(e));
        } catch (JedisException e) {
            close();
            throw new IOException(ValkeyTarget.words(e), e);
        }
    }

    private Delivery add(Jedis connection, List<SinkRecord> batch) {
        String key = stream.replace("{channel}", batch.getFirst().channel());
        boolean any = false;
        try (AbstractTransaction transaction = connection.multi()) {
            for (SinkRecord record : batch) {
                Optional<Outlet.Parcel> parcel = outlet.parcel(record);
                if (parcel.isPresent()) {
                    transaction.xadd(key, params, fields(record, parcel.get()));
                    any = true;
                }
            }
            if (!any) {
                transaction.discard();
                return Delivery.ALL;
            }
            for (Object answer : transaction.exec()) {
                if (answer instanceof JedisDataException refusal) {
                    return Delivery.Later.because(ValkeyTarget.words(refusal));
                }
            }
        }
        return Delivery.ALL;
    }

    private static Map<String, String> fields(SinkRecord record, Outlet.Parcel parcel) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", parcel.id());
        fields.put(BusFields.CHANNEL_HEADER, record.channel());
        fields.put(BusFields.EPOCH_HEADER, record.epoch());
        fields.put(BusFields.OFFSET_HEADER, Long.toString(record.offset()));
        fields.put(BusFields.ORIGIN_HEADER, parcel.passage());
        fields.put("event", new String(parcel.body(), UTF_8));
        return fields;
    }

    @Override
    public void close() {
        open.ifPresent(Jedis::disconnect);
        open = Optional.empty();
    }
}
