package io.demur.gateway;

import io.demur.core.access.Authentication;

import java.time.Instant;

/** Says who has a key. Waits for nothing; safe for use by several threads. */
@FunctionalInterface
public interface Keys {
    Authentication authenticate(String text, Instant now);
}
