package io.demur.cli;

import io.demur.core.access.Limits;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.util.Map;
import java.util.OptionalLong;

/** The limits that are named on a command line; the others stay. */
final class LimitOptions {

    private static final String NUMBER = "N";

    @Option(
            names = "--requests-per-minute",
            paramLabel = NUMBER,
            converter = Amount.class,
            description = "Requests in any 60 seconds; none for no limit.")
    private @Nullable OptionalLong requests;

    @Option(
            names = "--tokens-per-minute",
            paramLabel = NUMBER,
            converter = Amount.class,
            description = "Tokens, asked and answered, in any 60 seconds.")
    private @Nullable OptionalLong tokens;

    @Option(
            names = "--concurrent",
            paramLabel = NUMBER,
            converter = Amount.class,
            description = "Requests at the same time.")
    private @Nullable OptionalLong concurrent;

    @Option(
            names = "--tokens-per-day",
            paramLabel = NUMBER,
            converter = Amount.class,
            description = "Tokens from midnight to midnight in UTC.")
    private @Nullable OptionalLong day;

    Limits over(Limits limits) {
        return new Limits(
                requests == null ? limits.requestsPerMinute() : requests,
                tokens == null ? limits.tokensPerMinute() : tokens,
                concurrent == null ? limits.concurrent() : concurrent,
                day == null ? limits.tokensPerDay() : day);
    }

    /** All of them in a sentence. */
    static String said(Limits limits) {
        return "requests per minute %s, tokens per minute %s, at the same time %s,"
                .concat(" tokens per day %s")
                .formatted(
                        word(limits.requestsPerMinute()),
                        word(limits.tokensPerMinute()),
                        word(limits.concurrent()),
                        word(limits.tokensPerDay()));
    }

    static String word(OptionalLong limit) {
        return limit.isPresent() ? "%,d".formatted(limit.getAsLong()) : "-";
    }

    /** Those that there are, under the names that the log has for them. */
    static void put(Map<String, Object> row, Limits limits) {
        limits.requestsPerMinute().ifPresent(it -> row.put("requests_per_minute", it));
        limits.tokensPerMinute().ifPresent(it -> row.put("tokens_per_minute", it));
        limits.concurrent().ifPresent(it -> row.put("concurrent", it));
        limits.tokensPerDay().ifPresent(it -> row.put("tokens_per_day", it));
    }

    /** A limit, or that there is none. */
    static final class Amount implements ITypeConverter<OptionalLong> {
        @Override
        public OptionalLong convert(String text) {
            if (text.equals("none")) {
                return OptionalLong.empty();
            }
            if (!text.matches("[0-9]{1,13}")) {
                throw new TypeConversionException(
                        "`%s` is neither a whole number nor `none`".formatted(text));
            }
            return OptionalLong.of(Long.parseLong(text));
        }
    }
}
