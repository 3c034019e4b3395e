/**
 * The configuration of a gateway: what cannot weaken refusal. Open {@link
 * io.demur.files.serve.ServeFile}.
 */
@NullMarked
package io.demur.files.serve;

import org.jspecify.annotations.NullMarked;
