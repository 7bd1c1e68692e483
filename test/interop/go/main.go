// The formats of C2SP as golang.org/x/mod/sumdb has them, to hold ours against: makes a log of tiles, or checks one.
//
//	main make <folder>                        a log signed with a key of this program's own
//	main check <folder> <vkey> [<witness>]    a log that another program made, all of it
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "example.com/go-log"

func main() {
	log.SetFlags(0)
	switch {
	case len(os.Args) == 3 && os.Args[1] == "make":
		makeLog(os.Args[2])
	case len(os.Args) >= 4 && os.Args[1] == "check":
		checkLog(os.Args[2], os.Args[3], os.Args[4:])
	default:
		log.Fatal("make <folder> | check <folder> <vkey> [<witness>]")
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// Tiles of C2SP leave out the height that tiles of sumdb name.
func tilePath(tile tlog.Tile) string {
	return "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
}

func entriesPath(tile tlog.Tile) string {
	return "tile/entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/")
}

func write(folder, name string, data []byte) {
	file := filepath.Join(folder, filepath.FromSlash(name))
	must(os.MkdirAll(filepath.Dir(file), 0o755))
	must(os.WriteFile(file, data, 0o644))
}

func makeLog(folder string) {
	seed := sha256.Sum256([]byte("the key of a test log"))
	_, secret, err := ed25519.GenerateKey(bytes.NewReader(seed[:]))
	must(err)
	public := append([]byte{1}, secret.Public().(ed25519.PublicKey)...)
	id := sha256.Sum256(append([]byte(origin+"\n"), public...))
	signer, err := note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", origin, hex.EncodeToString(id[:4]),
		base64.StdEncoding.EncodeToString(append([]byte{1}, secret.Seed()...))))
	must(err)
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			list[i] = hashes[index]
		}
		return list, nil
	})
	var entries [][]byte
	last := int64(0)
	for _, size := range []int64{1, 255, 300, 512, 600} {
		for n := int64(len(entries)); n < size; n++ {
			entry := []byte(fmt.Sprintf("entry %d", n))
			more, err := tlog.StoredHashes(n, entry, reader)
			must(err)
			hashes = append(hashes, more...)
			entries = append(entries, entry)
		}
		for _, tile := range tlog.NewTiles(8, last, size) {
			if tile.W < 256 && int64(tile.W) != size>>(8*tile.L)%256 {
				continue
			}
			data, err := tlog.ReadTileData(tile, reader)
			must(err)
			write(folder, tilePath(tile), data)
			if tile.L == 0 {
				write(folder, entriesPath(tile), bundle(entries[tile.N*256:tile.N*256+int64(tile.W)]))
			}
		}
		root, err := tlog.TreeHash(size, reader)
		must(err)
		signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", origin, size, root)}, signer)
		must(err)
		write(folder, fmt.Sprintf("checkpoints/%d", size), signed)
		write(folder, "checkpoint", signed)
		last = size
	}
	fmt.Printf("%s+%s+%s\n", origin, hex.EncodeToString(id[:4]), base64.StdEncoding.EncodeToString(public))
}

func bundle(entries [][]byte) []byte {
	var data []byte
	for _, entry := range entries {
		data = binary.BigEndian.AppendUint16(data, uint16(len(entry)))
		data = append(data, entry...)
	}
	return data
}

// folderTiles reads tiles from a folder; it is the reader of the reference client.
type folderTiles string

func (folderTiles) Height() int                                { return 8 }
func (folderTiles) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (folder folderTiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var list [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(string(folder), filepath.FromSlash(tilePath(tile))))
		if err != nil {
			return nil, err
		}
		list = append(list, data)
	}
	return list, nil
}

// cosigner verifies cosignature/v1 of c2sp.org/tlog-cosignature.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	return ed25519.Verify(c.key, append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), msg...), sig[8:])
}

func parseCosigner(vkey string) cosigner {
	parts := strings.SplitN(vkey, "+", 3)
	id, err := strconv.ParseUint(parts[1], 16, 32)
	must(err)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must(err)
	if len(key) != 33 || key[0] != 4 {
		log.Fatal("not the key of a cosigner")
	}
	return cosigner{parts[0], uint32(id), key[1:]}
}

func checkLog(folder, vkey string, witnesses []string) {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	verifiers := []note.Verifier{verifier}
	for _, witness := range witnesses {
		verifiers = append(verifiers, parseCosigner(witness))
	}
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	must(err)
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	must(err)
	if len(opened.Sigs) != len(verifiers) {
		log.Fatalf("%d of %d signatures", len(opened.Sigs), len(verifiers))
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	tree := tlog.Tree{N: size, Hash: root}
	hashes := tlog.TileHashReader(tree, folderTiles(folder))
	for n := int64(0); n < size; n += 256 {
		width := size - n
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: 0, N: n / 256, W: int(width)}
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(entriesPath(tile))))
		must(err)
		for i := int64(0); i < width; i++ {
			length := int(binary.BigEndian.Uint16(data))
			leaf := tlog.RecordHash(data[2 : 2+length])
			data = data[2+length:]
			proof, err := tlog.ProveRecord(size, n+i, hashes)
			must(err)
			must(tlog.CheckRecord(proof, size, root, n+i, leaf))
		}
	}
	fmt.Printf("%d entries\n", size)
}
