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
        return ProblemCode.RECORD_TOO_LONG
                .at(
                        where,
                        "a record of %s is above the cap of %s"
                                .formatted(size(length), size(bytes)))
                .withFix("split it");
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
