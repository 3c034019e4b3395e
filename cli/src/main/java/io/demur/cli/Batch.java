package io.demur.cli;

import io.demur.eval.Listener;
import io.demur.eval.Pipeline;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a command makes of a batch of files, beside reading them, writing its rows and reporting,
 * which {@link BatchRun} does.
 *
 * @param <R> what is said about one answer or request
 */
interface Batch<R> {

    /** What is judged, in the plural. */
    String noun();

    /** Starts the threads that judge. */
    Pipeline<?> start(ReadOptions options, Listener<R> listener, BooleanSupplier stop);

    /** The columns of a row. */
    Map<String, @Nullable Object> fields(R row);

    /** Whether a row is one of those of which the first few are shown. */
    boolean isShown(R row);

    /** How many were judged. */
    long judged();

    /** How many records could not be read. */
    long unreadable();

    /** Fields that were asked for with {@code --by} and that no record had. */
    List<String> unknownFields();

    /**
     * The summary as a document.
     *
     * @param partial whether the run was interrupted
     */
    Map<String, @Nullable Object> summary(boolean partial);

    /** The summary as text. */
    String text(List<R> shown);
}
