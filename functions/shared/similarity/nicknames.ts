/** names with their short forms that are not prefixes of them; a name may be in several groups */
const lines = `
  abigail abby gail · albert al bert · alexander alex sandy sasha xander · alexandra alex sandra sasha lexi
  andrew andy drew · anthony tony · barbara barb babs · benjamin ben benny
  catherine katherine kathryn kate katie kathy cathy kitty · charles charlie chuck
  christina christine chris tina · christopher chris kit topher · daniel dan danny · david dave davey
  deborah debra deb debbie · dorothy dot dolly · edward ed eddie ned ted teddy
  elizabeth elisabeth eliza liz lizzie beth betty bess lisa · eleanor ellie nell nora · eugene gene
  francis frank · frances fran fanny · frederick fred freddie · gerald gerry jerry · gregory greg
  harold harry hal · henry harry hank hal · isabella isabel bella izzy · jacob jake · james jim jimmy jamie
  jennifer jen jenny · john jack johnny jon · jonathan jon jonny · joseph joe joey jo · joshua josh · katarina kat
  kenneth ken kenny · lawrence laurence larry laurie · leonard len lenny leo · louis lou
  margaret maggie meg peggy marge greta · martha patty · mary molly polly · matthew matt
  michael mike mick mickey · nathaniel nathan nate · nicholas nick nicky nico · pamela pam
  patricia pat patty tricia trish · patrick pat paddy · peter pete · philip phillip phil pip · raymond ray
  rebecca becky becca · richard dick rick ricky rich · robert bob bobby rob robbie bert · ronald ron ronnie
  samantha sam · samuel sam sammy · sarah sally sadie · stephen steven steve · susan susanna sue susie
  theodore ted theo · theresa teresa terry tess · thomas tom tommy · timothy tim · victoria vicky tori
  vincent vince vinny · william bill billy will willy liam · zachary zach zack
`;

const groups = lines
  .trim()
  .split(/[·\n]/)
  .map(line => line.trim().split(' '));

const linesOf = new Map<string, number[]>();
for (const [nth, group] of groups.entries()) {
  for (const name of group) linesOf.set(name, [...(linesOf.get(name) ?? []), nth]);
}

export const isNickname = (a: string, b: string) => {
  const others = linesOf.get(b);
  return others !== undefined && (linesOf.get(a) ?? []).some(nth => others.includes(nth));
};

export const nicknamesOf = (name: string) => [
  ...new Set((linesOf.get(name) ?? []).flatMap(nth => groups[nth] ?? []).filter(other => other !== name)),
];
