package io.demur.log;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Blows once, when a log can no longer be trusted to write; nothing is signed after that. */
final class Fuse {

    private final AtomicReference<@Nullable LogBroken> blown = new AtomicReference<>();
    private final Consumer<LogBroken> told;

    Fuse(Consumer<LogBroken> told) {
        this.told = told;
    }

    /** Why it is blown. */
    Optional<LogBroken> blown() {
        return Optional.ofNullable(blown.get());
    }

    /** Blows it, unless it is blown already; who is told must not keep the log from stopping. */
    LogBroken blow(String message, @Nullable Throwable cause) {
        LogBroken mine = new LogBroken(message, cause);
        LogBroken first = blown.compareAndExchange(null, mine);
        if (first != null) {
            return first;
        }
        Thread.ofPlatform().daemon().name("log-broken").start(() -> told.accept(mine));
        return mine;
    }
}
