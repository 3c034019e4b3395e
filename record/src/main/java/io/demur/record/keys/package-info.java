/**
 * The keys of an installation, and what is derived from them. Open {@link
 * io.demur.record.keys.KeyRing} for the files, {@link io.demur.record.keys.SubjectKey} for what
 * bodies are encrypted and committed with.
 */
@NullMarked
package io.demur.record.keys;

import org.jspecify.annotations.NullMarked;
