package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;

/**
 * How long a record may be, so that memory stays flat whatever a file holds.
 *
 * @param bytes above this, a record is unreadable
 */
record RecordCap(int bytes) {

    Problem exceeded(Where where, long length) {
        // Just above the cap both would be rounded to the same.
        boolean alike = size(length).replace(".0 ", " ").equals(size(bytes).replace(".0 ", " "));
        return ProblemCode.RECORD_TOO_LONG
                .at(
                        where,
                        "a record of %s is above the cap of %s"
                                .formatted(
                                        alike ? exactly(length) : size(length),
                                        alike ? exactly(bytes) : size(bytes)))
                .withFix("split it");
    }

    private static String exactly(long bytes) {
        return "%,d bytes".formatted(bytes);
    }

    /** A size for people: {@code 16 MiB}, {@code 1.5 MiB}, {@code 900 bytes}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        boolean large = bytes >= 1024 * 1024;
        double value = bytes / (large ? 1024.0 * 1024.0 : 1024.0);
        String unit = large ? "MiB" : "KiB";
        return value == Math.rint(value)
                ? "%.0f %s".formatted(value, unit)
                : "%.1f %s".formatted(value, unit);
    }
}
