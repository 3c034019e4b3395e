package io.demur.gateway;

import io.demur.wire.chat.Fault;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;

/** What is said where something of ours broke: to the caller, and to whoever runs the gateway. */
final class Mishap {

    private static final System.Logger LOGGER = System.getLogger(Mishap.class.getName());

    private Mishap() {}

    /** Puts it into the program's log, and says what the caller is told. */
    static Fault of(Arrival arrival, Throwable broken) {
        if (broken instanceof Unrecorded) {
            LOGGER.log(
                    Level.ERROR,
                    "{0}: {1} cannot be recorded: {2}",
                    arrival,
                    broken.getMessage(),
                    cause(broken.getCause()));
            return Fault.of(
                    Fault.Kind.UNAVAILABLE,
                    "this cannot be recorded at the moment, so it is not answered");
        }
        LOGGER.log(Level.ERROR, "{0}: {1}", arrival, where(broken));
        return Fault.of(Fault.Kind.INTERNAL, "something broke here, so this is not answered");
    }

    /** Arguments may be what a caller wrote; disks and databases say nothing of that. */
    private static String cause(@Nullable Throwable cause) {
        Throwable first =
                cause instanceof CompletionException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        return first instanceof IllegalArgumentException
                ? first.getClass().getName()
                : String.valueOf(first);
    }

    /** Of what broke, the sort and the place: its message may hold what a caller wrote. */
    static String where(Throwable broken) {
        StackTraceElement[] trace = broken.getStackTrace();
        return broken.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
