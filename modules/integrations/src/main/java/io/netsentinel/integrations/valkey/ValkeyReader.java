package io.netsentinel.integrations.valkey;

import io.netsentinel.integrations.Reading;
import io.netsentinel.integrations.spi.Intake;
import redis.clients.jedis.Jedis;

/// One way of reading from a server.
interface ValkeyReader {
    /// Reads until the source is to end. What it has put into the present batch when it throws is
    /// not read again.
    ///
    /// @param works to be called when something was read, or there was nothing to read
    /// @throws redis.clients.jedis.exceptions.JedisException when the connection does not work any
    ///   more; the next call goes on where this one stopped
    void read(Jedis connection, Intake intake, Reading reading, Runnable works);

    /// Called before the first connection of each run of the source.
    void begin(Intake intake);

    /// Whether what was not committed is still there after a stop.
    default boolean resumes() {
        return true;
    }
}
