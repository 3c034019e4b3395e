/**
 * The files that a log is published as: C2SP tlog-tiles.
 *
 * <p>Open {@link io.demur.log.tile.TilePath} for their names, {@link io.demur.log.tile.TiledTree}
 * for the tree they make, {@link io.demur.log.tile.EntryBundle} for the entries.
 */
@NullMarked
package io.demur.log.tile;

import org.jspecify.annotations.NullMarked;
