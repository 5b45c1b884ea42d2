import type { Random } from './random.ts';

export type Named = { given: string; family: string; locale: string; country: string };

type Culture = { families: string; givens: string; locale: string; country: string; second?: string };

const words = (text: string) => text.split(' ');

const culture = (families: string, givens: string, locale: string, country = 'SG', second?: string): Culture => ({
  families,
  givens,
  locale,
  country,
  ...(second ? { second } : {}),
});

/** family and given names common in Singapore, by frequency; an underscore means a space */
const cultures: [Culture, number][] = [
  [
    culture(
      'Tan Lim Lee Ng Ong Wong Goh Chua Chan Koh Teo Ang Yeo Tay Ho Low Toh Sim Chong Chia Seah Quek Heng Leong Foo Poh Wee Kwek Yap Neo',
      'Wei Jia Hui Xin Yi Ming Jun Kai Siew Mei Li Zhi Hao Shu Pei Ying Chee Kok Boon Soon Swee Geok Bee Yong Zi Rui En Kang Jing Xuan',
      'en-SG',
      'SG',
      'Ling Ming Hui Hao Jie Wen Ting Xuan Min Yi Fang Kiat Seng Huat Leng Hwa Choo Ann Keong Wah Ee Qi Han Yang Teck',
    ),
    54,
  ],
  [
    culture(
      'bin_Ismail bin_Abdullah bin_Osman bin_Salleh bin_Hassan bin_Yusof bin_Ibrahim bin_Ahmad Rahman Sulaiman',
      'Muhammad Ahmad Faizal Hafiz Iskandar Zulkifli Azlan Rizwan Farhan Syafiq Haziq Amir',
      'ms-SG',
    ),
    8,
  ],
  [
    culture(
      'binte_Ismail binte_Abdullah binte_Osman binte_Salleh binte_Hassan binte_Yusof binte_Ahmad Rahman Sulaiman',
      'Nur_Aisyah Siti_Nurhaliza Nurul_Huda Farah Aminah Khadijah Zainab Hidayah Syahirah Nadia Rohana Liyana',
      'ms-SG',
    ),
    8,
  ],
  [
    culture(
      'Nair Pillai Menon Subramaniam Krishnan Rajan Iyer Raman Chandran Kumar Singh Kaur Sharma Patel Gupta Reddy Rao Ramasamy Veerappan Balakrishnan',
      'Arjun Priya Kavitha Suresh Ramesh Anjali Deepa Vijay Lakshmi Karthik Meera Sanjay Divya Harpreet Gurpreet Ravi Shanti Nisha Anand Vikram Geetha',
      'en-SG',
    ),
    13,
  ],
  [
    culture(
      'de_Souza Pereira Oliveiro Monteiro Rodrigues Shepherdson Aeria',
      'Mark Denise Claire Adrian Joan Ian Mavis',
      'en-SG',
    ),
    2,
  ],
  [
    culture(
      'Santos Reyes Cruz Bautista Dela_Cruz Garcia Mendoza Villanueva Ramos Aquino',
      'Maria_Cristina Jose Angelica Rodel Jennylyn Paolo Grace Rowena Marvin',
      'en-PH',
    ),
    3,
  ],
  [culture('Sato Suzuki Takahashi Watanabe Ito Yamamoto Kobayashi', 'Haruto Yui Kenji Aiko Daisuke Naoko', 'ja-JP'), 2],
  [culture('Kim Lee Park Choi Jung Kang', 'Min-jun Seo-yeon Ji-hoon Ha-eun Hyun-woo Soo-jin', 'ko-KR'), 2],
  [culture('Nguyễn Trần Lê Phạm Hoàng Vũ', 'Thị_Hương Văn_Minh Quang_Huy Ngọc_Anh Thuỳ_Linh', 'vi-VN'), 1],
  [culture('Wijaya Santoso Hartono Kusuma Gunawan Halim', 'Budi Dewi Agus Ratna Hendra Sri', 'id-ID', 'ID'), 2],
  [
    culture(
      'Smith O’Brien Taylor Campbell Wilson McKenzie Davies',
      'Emma Liam Siobhán Callum Charlotte Oliver',
      'en-GB',
    ),
    3,
  ],
  [culture('Müller Schäfer Weiß von_Bülow Jäger', 'Jürgen Anneliese Björn Käthe Lukas', 'de-DE'), 1],
  [culture('Lefèvre Moreau D’Arcy Dubois', 'Chloé Étienne Hélène Benoît', 'fr-FR'), 1],
  [culture('Al-Farsi Al-Habsi Haddad Mansour', 'Khalid Fatima Yasmin Omar', 'ar-AE'), 1],
  [culture('Tan Lim Wong Yap Chin Ooi', 'Chee_Keong Siew_Lan Kah_Wai Mun_Yee Jia_Hao', 'en-MY', 'MY'), 3],
];

const spoken = (name: string) => name.replaceAll('_', ' ');

/** a person's name, language and place of residence */
export const nameOf = (random: Random): Named => {
  const { families, givens, locale, country, second } = random.weighted(cultures);
  const first = random.pick(words(givens));
  const given = second ? `${first} ${random.pick(words(second))}` : spoken(first);
  return { given, family: spoken(random.pick(words(families))), locale, country };
};
