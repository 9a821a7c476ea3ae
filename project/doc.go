// Package project owns the project file: essays, their blocks and placements,
// the photo library, undo, the lock and the originals beside the file.
//
// Everything that changes a project goes through one gate, [Project.Edit]: a
// transaction, an undo step that carries the editor's words for what was done,
// and, after the commit, one [Event] for whoever watches. Reading goes through
// a pool of its own and never holds a cursor while a caller thinks.
package project
