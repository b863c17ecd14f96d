/** The one function we use of bcrypt-pbkdf, which has no types of its own. It answers 0 on success, -1 on bad arguments. */
declare module 'bcrypt-pbkdf' {
  const bcrypt: {
    pbkdf(
      passphrase: Uint8Array,
      passphraseLength: number,
      salt: Uint8Array,
      saltLength: number,
      key: Uint8Array,
      keyLength: number,
      rounds: number,
    ): number;
  };
  export = bcrypt;
}
