package io.netsentinel.transport.spi;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.transport.Services;

/// A method that a client reaches by the protocol's `call` command, found by `ServiceLoader`.
public interface Method {
    /// The name in `call`, for example `alert.ack`. No two methods have the same.
    String name();

    /// What the caller must be allowed to do; without it the answer is error 103 and the method is
    /// not called.
    Permission needs();

    /// Does it. Runs on a virtual thread of its own and may block.
    ///
    /// @param who who calls
    /// @param params the command's `params`, an empty object when there are none
    /// @param services what the application is made of
    /// @return the `result`'s value
    /// @throws io.netsentinel.transport.ProtocolException to refuse it; the client gets its code
    ///   and text
    JsonNode call(Identity who, JsonNode params, Services services);
}
