/**
 * Canonical JSON: one text for each value. Open {@link io.demur.record.json.Canonical} to read and
 * write it, {@link io.demur.record.json.Json} for what it can say.
 */
@NullMarked
package io.demur.record.json;

import org.jspecify.annotations.NullMarked;
