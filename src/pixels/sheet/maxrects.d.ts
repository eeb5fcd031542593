// The package's main file is a script that Node takes for a module, so only its .mjs can be imported.
declare module 'maxrects-packer/dist/maxrects-packer.mjs' {
  export { MaxRectsPacker, PACKING_LOGIC } from 'maxrects-packer';
}
