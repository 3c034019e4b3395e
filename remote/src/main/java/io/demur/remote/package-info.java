/** Models asked over HTTP as judges: guard models and general ones. */
@NullMarked
package io.demur.remote;

import org.jspecify.annotations.NullMarked;
