"""Given names and forms of address that tell `he` from `she`: data, common ones in English-language news."""

from __future__ import annotations

from builder.annotate.quotations.lexicon import words

MALE = words("""
    aaron abdul abdullah adam ahmed alan albert alejandro alex alexander alexei ali allan allen amir
    andre andrei andrew andy angus anthony antonio arnold arthur barack barry ben benjamin bernard
    bernie bill billy bob bobby boris brad brandon brent brett brian bruce bryan carl carlos cesar chad
    charles charlie chris christian christopher chuck clarence colin craig curtis dale dan daniel darren
    dave david dean denis dennis derek diego dmitri dominic don donald doug douglas duncan dustin dwight
    earl ed eddie edgar eduardo edward edwin elijah eliot emmanuel eric erik ernest ethan eugene evan
    felix fernando francis francisco francois frank fred frederick gabriel gareth gary gavin gene geoff
    geoffrey george gerald gerard gilbert glen glenn gordon graham grant greg gregory guillermo gustavo
    guy hamid harold harry harvey hassan hector henry herbert herman howard hugh hugo hussein ian
    ibrahim igor isaac ivan jack jacob jacques jaime jake james jamie jared jason javier jay jean-claude
    jeff jeffrey jeremy jerome jerry jesse jim jimmy joe joel john johnny jon jonathan jonas jorge jose
    joseph josh joshua juan julian justin karl keith ken kenneth kevin khalid kurt kyle lance larry lars
    lawrence lee len leo leon leonard lewis liam lionel lloyd logan lou louis luca lucas luis luke
    malcolm manuel marc marco marcus mario mark martin marty marvin mathieu matt matthew maurice max
    mehmet michael michel miguel mike mikhail milton mitch mitt mohamed mohammad mohammed morgan morris
    muhammad mustafa nathan nathaniel neil nelson newt nicholas nick nicolas nigel noah noel norman
    oliver omar oscar owen pablo patrick paul pedro perry pete peter phil philip phillip pierre rafael
    ralph ramon randall randy raul ray raymond recep reginald rex ricardo rich richard rick ricky rob
    robert roberto rodney rodrigo roger roland ron ronald rory ross roy rudy rupert russ russell ryan
    saeed salman sam samuel santiago saul scott sean seth sergei sergey shane shaun shinzo sidney simon
    stan stanley stefan stephen steve steven stewart stuart sven tariq ted terrence theodore thomas tim
    timothy tobias todd tom tomas tommy tony travis trevor tyler vernon victor viktor vince vincent
    vladimir volodymyr wade wallace walter warren wayne wesley will william willie xavier yusuf zachary""")

FEMALE = words("""
    abigail adele adriana agnes aisha alejandra alexandra alexis alice alicia alison allison amanda
    amber amelia amy ana andrea angela angelina anita ann anna anne annette annie april arlene ashley
    audrey barbara beatrice becky bella bernadette beth betsy betty beverly bonnie brenda bridget
    brittany brooke camille candace carla carly carmen carol carole caroline carolyn catherine cathy
    cecilia celeste charlene charlotte chelsea cheryl chloe christiana christina christine chrystia
    cindy claire clara claudia colleen condoleezza connie constance courtney crystal cynthia daisy
    danielle dawn deb debbie deborah debra denise diana diane dianne dolores donna doris dorothy edith
    eileen elaine eleanor elena elisabeth elise elizabeth ella ellen emily emma erica erin esther ethel
    eva eve evelyn faith fatima felicia fiona florence frances gabriela gail georgia geraldine gina
    ginger gladys glenda gloria grace greta gretchen hannah harriet hayley heather heidi helen helena
    helene hilary hillary holly hope huma ida ingrid irene iris isabel isabella ivanka jacqueline jan
    jane janet janice jasmine jean jeanette jeanne jenna jennifer jenny jessica jill joan joann joanna
    joanne jocelyn josephine joy joyce juanita judith judy julia juliana julie june kamala karen kate
    katherine kathleen kathryn kathy katie katrina kellyanne kendra kim kimberly kirsten kristen kristin
    kristina lara laura lauren laurie leah leila lena leslie lily linda lisa lois loretta lori lorraine
    louise lucia lucy lydia lynn mabel madeleine malala malia mandy marcia margaret margarita maria
    mariana marianne marie marilyn marina marine marion marissa marjorie marlene marsha martha mary
    maryam maureen maxine megan melania melanie melissa mercedes meredith michelle mildred mindy miranda
    miriam moira molly monica nadia nancy naomi natalia natalie natasha nicola nicole nina nora norma
    olga olivia pam pamela patricia patty paula pauline peggy penelope penny phyllis priscilla priya
    rachel ramona rebecca regina renee rhonda rita roberta robin rosa rose rosemary roxanne ruth sabrina
    sally samantha sandra sara sarah sasha selena shannon sharon sheila shelley shirley silvia simone
    sofia sonia sonya sophia sophie stacey stacy stella stephanie sue susan susanna suzanne sylvia
    tamara tammy tania tanya tara teresa theresa tiffany tina tracey tulsi ursula valerie vanessa vera
    veronica vicki victoria violet virginia vivian wanda wendy whitney yolanda yvette yvonne zoe""")

MALE_ADDRESS = words("mr sir lord king prince brother father husband son congressman chairman spokesman businessman")
FEMALE_ADDRESS = words(
    "mrs ms miss lady queen princess sister mother wife daughter congresswoman chairwoman spokeswoman businesswoman"
)


def gender(name: str, before: str = "") -> str:
    """`m`, `f` or nothing where neither the name nor the words before it tell."""
    tokens = [w.strip(".,").lower() for w in name.split()]
    lead = [w.strip(".,").lower() for w in before.split()[-2:]]
    for word in (*lead, *tokens[:1]):
        if word in FEMALE_ADDRESS:
            return "f"
        if word in MALE_ADDRESS:
            return "m"
    if not tokens or len(tokens) < 2:
        return ""
    return "f" if tokens[0] in FEMALE else "m" if tokens[0] in MALE else ""
