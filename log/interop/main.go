// Checks a log's folder and its receipts with the libraries of others, none of ours.
//
//	go run . FOLDER VKEY-FILE [RECEIPT]...
package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	flog "github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/formats/proof"
	"github.com/transparency-dev/merkle/compact"
	merkleproof "github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("FAILED:", err)
		os.Exit(1)
	}
	return value
}

func check(err error) { must(0, err) }

// files reads the log's tiles for golang.org/x/mod/sumdb/tlog.
type files string

func (f files) Height() int                                { return 8 }
func (f files) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		// sumdb writes the height into the path as well: tile/8/0/000
		path := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func main() {
	folder := os.Args[1]
	vkey := strings.TrimSpace(strings.SplitN(string(must(os.ReadFile(os.Args[2]))), "\n", 2)[0])
	verifier := must(note.NewVerifier(vkey))
	raw := must(os.ReadFile(filepath.Join(folder, "checkpoint")))

	opened := must(note.Open(raw, note.VerifierList(verifier)))
	fmt.Println("sumdb/note: signed by", opened.Sigs[0].Name)
	cp, _, _, err := flog.ParseCheckpoint(raw, verifier.Name(), verifier)
	check(err)
	fmt.Printf("formats/log: %d entries of %s\n", cp.Size, cp.Origin)

	tree := tlog.Tree{N: int64(cp.Size), Hash: tlog.Hash(cp.Hash)}
	reader := tlog.TileHashReader(tree, files(folder))
	for _, n := range []int64{0, int64(cp.Size) / 2, int64(cp.Size) - 1} {
		leaf := must(reader.ReadHashes([]int64{tlog.StoredHashIndex(0, n)}))[0]
		path := must(tlog.ProveRecord(tree.N, n, reader))
		check(tlog.CheckRecord(path, tree.N, tree.Hash, n, leaf))
	}
	fmt.Println("sumdb/tlog: the tiles lead to the root; first, middle and last entry are proven")
	if old := tree.N / 3; old > 0 {
		range0 := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
		for i := int64(0); i < old; i++ {
			leaf := must(reader.ReadHashes([]int64{tlog.StoredHashIndex(0, i)}))[0]
			check(range0.Append(leaf[:], nil))
		}
		root := must(range0.GetRootHash(nil))
		grown := must(tlog.ProveTree(tree.N, old, reader))
		check(tlog.CheckTree(grown, tree.N, tree.Hash, old, tlog.Hash(root)))
		fmt.Printf("sumdb/tlog: grown from %d to %d\n", old, tree.N)
	}

	for _, name := range os.Args[3:] {
		var p proof.TLogProof
		check(p.Unmarshal(must(os.ReadFile(name))))
		at, _, _, err := flog.ParseCheckpoint(p.Checkpoint, verifier.Name(), verifier)
		check(err)
		var hashes [][]byte
		for _, h := range p.Hashes {
			hashes = append(hashes, h[:])
		}
		leaf := sha256.Sum256(append([]byte{0}, p.ExtraData...))
		check(merkleproof.VerifyInclusion(
			rfc6962.DefaultHasher, p.Index, at.Size, leaf[:], hashes, at.Hash))
		fmt.Printf("formats/proof, merkle: %s proves entry %d: %s\n",
			filepath.Base(name), p.Index, p.ExtraData)
	}
}
